import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

const USUALLY = 100_000;
const AT_ONCE = 1_000;
const PAGE = 1_000;
const LOOK_AT_PAGES = 20;
/** Far below what a hundred thousand decoded events take, far above what the page in hand does. */
const FLAT_BYTES = 24 * 1024 * 1024;

/** What is still held once the garbage is gone; without collecting, the figure would show the collector's habits. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** A case that never ends: read in pages, nothing may depend on the length of the stream but the number of pages. */
export function longStreamContract(it: It, current: Current, events = USUALLY): void {
  const longest = Number(process.env['AFTERCARE_LONG_STREAM'] ?? events);
  it(`given a stream of ${longest} events, when it is read in pages, then each comes once, in order, in flat memory`, async () => {
    const began = performance.now();
    for (let version = -1; version < longest - 1;) {
      const batch = Array.from({ length: Math.min(AT_ONCE, longest - 1 - version) }, (_, i) => anEvent({ data: { n: version + 1 + i } }));
      const answer = await current.store.append(anAppend({ stream: 'long-1', expectedVersion: version, events: batch }));
      if (answer.outcome !== 'appended' || answer.record.version <= version) throw new Error(answer.outcome);
      version = answer.record.version;
    }
    const written = performance.now();
    expect(await current.store.append(anAppend({ stream: 'long-1', expectedVersion: 7 }))).toEqual({ outcome: 'conflict', actualVersion: longest - 1 });

    const before = heldBytes();
    let [next, pages, peak] = [0, 0, 0];
    for (;;) {
      const page = await current.store.readStream('long-1', next, PAGE);
      if (page.length === 0) break;
      for (const { event } of page) {
        if (event.version !== next || (event.data as { n: number }).n !== next) throw new Error(`version ${event.version} where ${next} belongs`);
        next += 1;
      }
      if (pages % LOOK_AT_PAGES === 0) peak = Math.max(peak, heldBytes() - before);
      pages += 1;
    }
    peak = Math.max(peak, heldBytes() - before);
    const read = performance.now();
    expect(next).toBe(longest);
    expect(peak).toBeLessThan(FLAT_BYTES);
    expect((await current.store.readStream('long-1', longest - 1, 5)).map(({ event }) => event.version)).toEqual([longest - 1]);
    expect((await current.store.readStream('long-1', 50, 1)).map(({ event }) => event.version)).toEqual([50]);
    report(`${current.store.constructor.name}: ${longest} events appended in ${Math.round(written - began)} ms, read in ${Math.round(read - written)} ms, heap at most +${Math.round(peak / 1_048_576)} MB`);
  }, 300_000);
}

function report(figures: string): void {
  if (process.env['AFTERCARE_FIGURES']) process.stderr.write(`${figures}\n`);
}
