import { setImmediate as turn } from 'node:timers/promises';
import type { Time } from '../time.js';

interface Waiting {
  readonly at: number;
  readonly call: () => void;
}

/** Time that passes only when nothing else is left to do, and then at once. */
export class VirtualTime implements Time {
  private readonly waiting = new Set<Waiting>();
  private clock = Date.parse('2026-03-02T01:30:00.000Z');

  now(): number {
    return this.clock;
  }

  after(ms: number, then: () => void): () => void {
    const entry = { at: this.clock + ms, call: then };
    this.waiting.add(entry);
    return () => void this.waiting.delete(entry);
  }

  soon(then: () => void): void {
    this.after(0, then);
  }

  /** Lets time pass until `isDone`. @throws Error with the description after `mostMs` of it. */
  async passUntil(what: string, isDone: () => Promise<boolean> | boolean, mostMs: number): Promise<void> {
    for (const end = this.clock + mostMs; ;) {
      await turn();
      if (await isDone()) return;
      const next = this.earliest();
      if (!next || next.at > end) throw new Error(`never happened in ${mostMs} ms: ${what}`);
      this.waiting.delete(next);
      this.clock = Math.max(this.clock, next.at);
      next.call();
    }
  }

  private earliest(): Waiting | undefined {
    let first: Waiting | undefined;
    for (const entry of this.waiting) if (!first || entry.at < first.at) first = entry;
    return first;
  }
}
