import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { EventStore } from 'aftercare/event-store';
import { connectBus, type Bus } from '../bus.js';
import { answerLogRange } from '../log-range.js';
import { natsOwnStream } from '../nats-own-stream.js';
import { pause } from '../pause.js';
import { Relay } from '../relay.js';
import type { JetStreamStrategy } from '../strategy.js';
import { eventually } from './eventually.js';
import { intakeLog, registerComplaints } from './intake-log.js';
import { NatsFolder } from './nats-folder.js';
import { keepProvisioned } from './provisioner.js';
import { causesOf, qualityDepartment } from './quality-department.js';
import { Wire } from './wire.js';

/** What a fault cost. */
export interface Figures {
  readonly fault: string;
  readonly events: number;
  readonly missing: number;
  readonly doubled: number;
  /** From the end of the fault, or from its beginning where it has no end, until everything was dealt with. */
  readonly healingMs: number;
}

/** Both departments on a line that can break, with complaints coming in all the time. */
export class IntakeAndQuality {
  readonly nats = new NatsFolder();
  readonly intake = intakeLog();
  wire!: Wire;
  relay!: Relay;
  quality!: { readonly store: EventStore; readonly strategy: JetStreamStrategy };
  private intakeBus!: Bus;
  private readonly closing: (() => Promise<unknown> | unknown)[] = [];
  private readonly comeIn = new AbortController();
  private coming: Promise<void> = Promise.resolve();

  async open(): Promise<this> {
    const url = new URL(await this.nats.start());
    this.wire = await Wire.to(Number(url.port));
    url.port = String(this.wire.port);
    const bus = (name: string): Bus => {
      const made = connectBus({ servers: url.href, name });
      this.closing.push(() => made.close());
      return made;
    };
    const intakeBus = this.intakeBus = bus('intake');
    this.closing.push(keepProvisioned(this.nats.url), answerLogRange(intakeBus, this.intake));
    this.relay = new Relay(this.intake, natsOwnStream(intakeBus, 'intake'));
    const quality = qualityDepartment(bus('quality'), { over: { times: { retryMs: [5] } } });
    this.quality = quality;
    this.closing.push(() => this.relay.close(), () => quality.strategy.close());
    this.relay.start();
    quality.listen();
    await registerComplaints(this.intake, 40);
    await this.level();
    this.coming = this.complaintsComeIn();
    return this;
  }

  replaceRelay(made: (bus: Bus) => Relay): void {
    this.relay = made(this.intakeBus);
    this.relay.start();
  }

  /** Ends the stream of complaints and waits until each was answered. */
  async figuresFrom(fault: string, start: number): Promise<Figures> {
    await pause(300);
    this.comeIn.abort();
    await this.coming;
    await this.level();
    const healingMs = Date.now() - start;
    const events = await this.intake.head();
    const causes = await causesOf(this.quality.store);
    const answered = new Set(causes).size;
    return { fault, events, missing: events - answered, doubled: causes.length - answered, healingMs };
  }

  async manager(): Promise<JetStreamManager> {
    const direct = connectBus({ servers: this.nats.url, name: 'operator' });
    this.closing.push(() => direct.close());
    const connection = await direct.online();
    if (!connection) throw new Error('the bus is closed');
    return jetstreamManager(connection, { checkAPI: false });
  }

  async close(): Promise<void> {
    this.comeIn.abort();
    await this.coming;
    for (const close of this.closing.reverse()) await close();
    await this.wire.remove();
    await this.nats.remove();
  }

  /** The relay's word is not enough: it hears of a lost stream only when it looks the next time. */
  private async level(): Promise<void> {
    const manager = await this.manager();
    await eventually('both departments and the stream level', async () => {
      const head = await this.intake.head();
      if (await this.quality.store.inboxPosition('intake') !== head || (await this.relay.status()).lag > 0) return false;
      return this.isExactCopy(manager, head).catch(() => false);
    }, 30_000);
  }

  private async isExactCopy(manager: JetStreamManager, head: number): Promise<boolean> {
    if ((await manager.streams.info('INTAKE')).state.last_seq !== head) return false;
    const same = (await this.intake.readLog(0, head)).map(async ({ index, bytes }) => {
      const message = await manager.streams.getMessage('INTAKE', { seq: index + 1 });
      return message !== null && Buffer.from(message.data).equals(bytes);
    });
    return (await Promise.all(same)).every(Boolean);
  }

  private async complaintsComeIn(): Promise<void> {
    while (!this.comeIn.signal.aborted) {
      await registerComplaints(this.intake, 1);
      await pause(10, this.comeIn.signal);
    }
  }
}
