import type { Rule, Violation } from 'aftercare/testing';
import type { Handed } from './sim-bus.js';
import type { World } from './world.js';

/**
 * Watches what must hold at every moment. The end of a run alone would not show an ack that came too early: the owner's
 * log makes good what the bus lost by it, until one day the owner is away as well.
 */
export class Monitor {
  readonly violations: Violation[] = [];
  /** Places below this were seen to be dealt with, by `<source>><listener>`; what is dealt with stays so. */
  private readonly dealtWith = new Map<string, number>();

  constructor(private readonly world: World) {}

  /** An ack counts for all messages before it. Those that are the owner's events must be dealt with by then. */
  acknowledges(listener: string, source: string, { sequence, created }: Handed): void {
    const stream = this.world.bus.stream(source);
    if (!stream || stream.created !== created) return;
    const pair = `${source}>${listener}`;
    const from = this.dealtWith.get(pair) ?? 0;
    const held = stream.messages.slice(from, sequence);
    // Asked at once, although answered later: the store in memory looks before it answers.
    const store = this.world.durable(listener);
    const log = this.world.durable(source).readLog(from, Math.max(0, sequence - from));
    const seen = held.map((_, place) => store.inboxSeen({ source, index: from + place }));
    void Promise.all([log, Promise.all(seen)]).then(([events, isSeen]) => {
      const early = held.findIndex((bytes, place) => isSeen[place] === false && events[place] !== undefined && Buffer.from(events[place].bytes).equals(bytes));
      if (early >= 0) this.found('acked-too-early', `${pair}: index ${from + early} when ${sequence} was acknowledged`);
      else if (isSeen.every(Boolean)) this.dealtWith.set(pair, Math.max(from, sequence));
    });
  }

  /** The stream took an event from its own department: only at its place, or others would read a hole or a double there. */
  published(department: string, index: number): void {
    const length = this.world.bus.stream(department)?.messages.length ?? 0;
    if (length !== index + 1) this.found('copy-differs', `${department}: index ${index} at sequence ${length}`);
  }

  /** A reaction begins. */
  begins(listener: string, source: string, index: number): void {
    void this.world.durable(listener).inboxSeen({ source, index }).then((isSeen) => {
      if (isSeen) this.found('worked-on-again', `${source}>${listener}: index ${index}`);
    });
  }

  private found(rule: Rule, what: string): void {
    this.violations.push({ rule, what });
    this.world.note(() => `!! ${rule}: ${what}`);
  }
}
