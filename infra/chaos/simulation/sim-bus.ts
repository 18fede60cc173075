import type { Seeded } from 'aftercare/testing';

interface Stream { readonly created: string; readonly messages: Uint8Array[] }

/** A durable consumer with `ack all`. */
interface Consumer {
  floor: number;
  delivered: number;
  /** Sequence to the time from which it may be handed out again. */
  readonly open: Map<number, number>;
}

interface Disk { readonly streams: Map<string, Stream>; readonly consumers: Map<string, Consumer> }

export interface Handed { readonly sequence: number; readonly data: Uint8Array; readonly created: string }

const copied = ({ streams, consumers }: Disk): Disk => ({
  streams: new Map([...streams].map(([name, { created, messages }]) => [name, { created, messages: [...messages] }])),
  consumers: new Map([...consumers].map(([name, { floor, delivered, open }]) => [name, { floor, delivered, open: new Map(open) }])),
});

/** A message bus that forgets: streams with fences and consumers with acks as JetStream has them, without its promises. */
export class SimBus {
  private disk: Disk = { streams: new Map(), consumers: new Map() };
  private saved: Disk | null = null;
  private readonly listeners = new Set<() => void>();
  private incarnations = 0;

  /** @param pairs source and listener of every consumer */
  constructor(private readonly departments: readonly string[], private readonly pairs: readonly (readonly [string, string])[], private readonly now: () => number) {}

  /** Plays the operator: makes what is missing. */
  provision(): void {
    const { streams, consumers } = this.disk;
    for (const name of this.departments) {
      if (!streams.has(name)) streams.set(name, { created: `c${this.incarnations += 1}`, messages: [] });
    }
    for (const [source, listener] of this.pairs) {
      const name = `${source}>${listener}`;
      if (!consumers.has(name)) consumers.set(name, { floor: 0, delivered: 0, open: new Map() });
    }
    this.ring();
  }

  stream(name: string): Stream | null {
    return this.disk.streams.get(name) ?? null;
  }

  hasConsumer(source: string, listener: string): boolean {
    return this.disk.streams.has(source) && this.disk.consumers.has(`${source}>${listener}`);
  }

  /** False when the fence does not hold or there is no stream. */
  append(name: string, data: Uint8Array, expectedLast: number | null): boolean {
    const stream = this.disk.streams.get(name);
    if (!stream || (expectedLast !== null && stream.messages.length !== expectedLast)) return false;
    stream.messages.push(data);
    this.ring();
    return true;
  }

  /** The next message for the listener, or null; `skips` hands out a later one first. */
  next(source: string, listener: string, ackWaitMs: number, skips: boolean): Handed | null {
    const stream = this.disk.streams.get(source);
    const consumer = this.disk.consumers.get(`${source}>${listener}`);
    if (!stream || !consumer) return null;
    const hand = (sequence: number): Handed => {
      consumer.open.set(sequence, this.now() + ackWaitMs);
      return { sequence, data: stream.messages[sequence - 1] as Uint8Array, created: stream.created };
    };
    for (const [sequence, from] of consumer.open) {
      if (sequence > stream.messages.length) consumer.open.delete(sequence);
      else if (from <= this.now()) return hand(sequence);
    }
    const due = consumer.delivered + 1;
    if (due > stream.messages.length) return null;
    if (skips && due + 1 <= stream.messages.length) {
      consumer.delivered = due + 1;
      consumer.open.set(due, this.now() + 1);
      return hand(due + 1);
    }
    consumer.delivered = due;
    return hand(due);
  }

  /** Time from which something may be handed out again; null when nothing is open. */
  nextAgain(source: string, listener: string): number | null {
    const consumer = this.disk.consumers.get(`${source}>${listener}`);
    return consumer && consumer.open.size > 0 ? Math.min(...consumer.open.values()) : null;
  }

  ack(source: string, listener: string, sequence: number): void {
    const consumer = this.disk.consumers.get(`${source}>${listener}`);
    if (!consumer) return;
    consumer.floor = Math.max(consumer.floor, sequence);
    for (const open of [...consumer.open.keys()]) if (open <= sequence) consumer.open.delete(open);
  }

  /** Hands it out again after `ms`. */
  later(source: string, listener: string, sequence: number, ms: number): void {
    const open = this.disk.consumers.get(`${source}>${listener}`)?.open;
    if (open?.has(sequence)) open.set(sequence, this.now() + ms);
    this.ring();
  }

  newest(source: string, listener: string): number | null {
    const consumer = this.disk.consumers.get(`${source}>${listener}`);
    const stream = this.disk.streams.get(source);
    return consumer && stream ? Math.max(consumer.delivered, stream.messages.length) : null;
  }

  remove(name: string): void {
    this.disk.streams.delete(name);
    for (const [source, listener] of this.pairs) if (source === name) this.disk.consumers.delete(`${source}>${listener}`);
    this.ring();
  }

  save(): void {
    this.saved = copied(this.disk);
  }

  /** The disk of an earlier day: streams and consumers alike. */
  setBack(): boolean {
    if (!this.saved) return false;
    this.disk = copied(this.saved);
    this.ring();
    return true;
  }

  wipe(): void {
    this.disk = { streams: new Map(), consumers: new Map() };
    this.ring();
  }

  /** The newest messages are gone while the consumers believe to have handed them out, and do not wait for their acks. */
  forgetEnd(random: Seeded): string | null {
    const filled = [...this.disk.streams].filter(([, { messages }]) => messages.length > 0);
    if (filled.length === 0) return null;
    const [name, { messages }] = random.pick(filled);
    const kept = random.int(0, messages.length - 1);
    messages.length = kept;
    for (const [pair, { open }] of this.disk.consumers) {
      if (pair.startsWith(`${name}>`)) for (const sequence of [...open.keys()]) if (sequence > kept) open.delete(sequence);
    }
    this.ring();
    return `${name} keeps ${kept}`;
  }

  /** Calls `ring` whenever something changed. Returns the way to stop. */
  listen(ring: () => void): () => void {
    this.listeners.add(ring);
    return () => { this.listeners.delete(ring); };
  }

  ring(): void {
    for (const ring of [...this.listeners]) ring();
  }
}
