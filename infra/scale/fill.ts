import type { CommandRecord, StoreTransfer } from 'aftercare/event-store';
import type { Generator } from './generator.js';

/** Large enough to share a sync, small enough for flat memory. */
const EVENTS_PER_BATCH = 2_000;

/** Writes at least so many events of realistic cases through the port by which logs move between engines. Answers with their number. */
export async function fillFrom(generator: Generator, transfer: StoreTransfer, atLeast: number, progress: (done: number) => void): Promise<number> {
  for (let done = 0; ;) {
    const events: Buffer[] = [];
    const commands: CommandRecord[] = [];
    while (events.length < EVENTS_PER_BATCH && done + events.length < atLeast) {
      const one = generator.next();
      events.push(...one.events);
      commands.push(one.receipt);
    }
    if (events.length === 0) return done;
    await transfer.take({ kind: 'events', events });
    await transfer.take({ kind: 'commands', commands });
    done += events.length;
    progress(done);
  }
}
