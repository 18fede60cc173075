import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

const EVENTS = Number(process.env['AFTERCARE_LONG_STREAM'] ?? '100000');
const AT_ONCE = 1_000;
const PAGE = 1_000;
/** Far below what a hundred thousand decoded events take, far above what one page leaves for the collector. */
const FLAT_BYTES = 64 * 1024 * 1024;

/** A case that never ends: read in pages, nothing may depend on the length of the stream but the number of pages. */
export function longStreamContract(it: It, current: Current): void {
  it(`given a stream of ${EVENTS} events, when it is read in pages, then each comes once, in order, in flat memory`, async () => {
    const began = performance.now();
    for (let version = -1; version < EVENTS - 1;) {
      const events = Array.from({ length: Math.min(AT_ONCE, EVENTS - 1 - version) }, (_, i) => anEvent({ data: { n: version + 1 + i } }));
      const answer = await current.store.append(anAppend({ stream: 'long-1', expectedVersion: version, events }));
      if (answer.outcome !== 'appended' || answer.record.version <= version) throw new Error(answer.outcome);
      version = answer.record.version;
    }
    const written = performance.now();
    expect(await current.store.append(anAppend({ stream: 'long-1', expectedVersion: 7 }))).toEqual({ outcome: 'conflict', actualVersion: EVENTS - 1 });

    const before = process.memoryUsage().heapUsed;
    let [next, peak] = [0, 0];
    for (;;) {
      const page = await current.store.readStream('long-1', next, PAGE);
      if (page.length === 0) break;
      for (const { event } of page) {
        if (event.version !== next || (event.data as { n: number }).n !== next) throw new Error(`version ${event.version} where ${next} belongs`);
        next += 1;
      }
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }
    const read = performance.now();
    expect(next).toBe(EVENTS);
    expect(peak).toBeLessThan(FLAT_BYTES);
    expect((await current.store.readStream('long-1', EVENTS - 1, 5)).map(({ event }) => event.version)).toEqual([EVENTS - 1]);
    expect((await current.store.readStream('long-1', 50, 1)).map(({ event }) => event.version)).toEqual([50]);
    report(`${current.store.constructor.name}: ${EVENTS} events appended in ${Math.round(written - began)} ms, read in ${Math.round(read - written)} ms, heap at most +${Math.round(peak / 1_048_576)} MB`);
  }, 300_000);
}

function report(figures: string): void {
  if (process.env['AFTERCARE_FIGURES']) process.stderr.write(`${figures}\n`);
}
