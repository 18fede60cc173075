import { checksOf } from './checks.js';
import type { Engine } from './place.js';

export type { Engine, Place } from './place.js';

/** What every engine promises. */
export function describeEventStore(name: string, engine: Engine): void {
  describe(`event store on ${name}`, () => {
    for (const { promise, run, timeoutMs } of checksOf(engine)) it(promise, run, timeoutMs);
    for (const [what, reason] of Object.entries(engine.cannot ?? {})) it.todo(`cannot show "${what}": ${reason}`);
  });
}
