import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.js';

interface Parcel { readonly bytes: Buffer; readonly arrived: number }

/** A parcel is cut so that a fault which begins in the middle of a large one still meets it. */
const LARGEST = 16_384;
const LOOK_MS = 5;
/** More than this waits in the sender's own buffers, as on a real link. */
const MOST_WAITING = 4_194_304;

/** Passes on what `from` says until it ends. @param fault what the link does at the moment, asked anew for every parcel */
export function pumpInto(from: Socket, to: Socket, fault: () => Fault): void {
  const pump = new Pump(from, to, fault);
  from.on('data', (chunk: Buffer) => pump.take(chunk));
  from.once('end', () => pump.end());
}

/** One direction of one connection. */
class Pump {
  private readonly parcels: Parcel[] = [];
  private waiting = 0;
  private ended = false;
  private running = false;

  constructor(private readonly from: Socket, private readonly to: Socket, private readonly fault: () => Fault) {}

  end(): void {
    this.ended = true;
    this.start();
  }

  take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += LARGEST) this.parcels.push({ bytes: chunk.subarray(at, at + LARGEST), arrived: Date.now() });
    this.waiting += chunk.length;
    if (this.waiting > MOST_WAITING) this.from.pause();
    this.start();
  }

  private start(): void {
    if (this.running) return;
    this.running = true;
    void this.run().finally(() => { this.running = false; });
  }

  private async run(): Promise<void> {
    for (let next = this.parcels[0]; next && !this.to.destroyed; next = this.parcels[0]) {
      await this.hold(next);
      if (this.to.destroyed) return;
      this.parcels.shift();
      this.waiting -= next.bytes.length;
      await this.pass(next.bytes);
      if (this.from.isPaused() && this.waiting < MOST_WAITING) this.from.resume();
    }
    if (this.ended && !this.to.destroyed) this.to.end();
  }

  /** Until the link lets the parcel go. */
  private async hold({ arrived }: Parcel): Promise<void> {
    for (;;) {
      const fault = this.fault();
      const isHeld = fault.kind === 'blackhole' || (fault.kind === 'latency' && Date.now() < arrived + fault.ms);
      if (!isHeld || this.to.destroyed) return;
      await pause(LOOK_MS);
    }
  }

  private async pass(bytes: Buffer): Promise<void> {
    const fault = this.fault();
    if (fault.kind === 'throttle') {
      for (let at = 0; at < bytes.length && !this.to.destroyed; at += 256) {
        this.to.write(bytes.subarray(at, at + 256));
        const now = this.fault();
        if (now.kind === 'throttle') await pause(256_000 / now.bytesPerSecond);
      }
    } else if (fault.kind === 'slices') {
      for (let at = 0; at < bytes.length && !this.to.destroyed; at += 1) {
        this.to.write(bytes.subarray(at, at + 1));
        // Without a turn of the event loop the system would put the single bytes together again.
        if (at % 16 === 0) await new Promise((done) => { setImmediate(done); });
      }
    } else {
      this.to.write(bytes);
    }
  }
}
