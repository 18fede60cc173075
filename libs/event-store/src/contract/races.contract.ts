import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import type { AppendResult } from '../port.js';
import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

const RUNS = Number(process.env['AFTERCARE_RACES'] ?? '30');

/** Commands that load, decide and append beside each other on one stream, in every order a scheduler can bring about. */
export function racesContract(it: It, current: Current): void {
  it('given 2 to 4 commands racing on one stream, then each expected version has one winner and no command is lost or doubled', async () => {
    const stores = current.store;
    await fc.assert(fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }), async (s, writers, events) => {
      const stream = `race-${uuidv7()}`;
      const load = s.scheduleFunction(async () => (await stores.readStream(stream, 0, 99)).length - 1);
      const append = s.scheduleFunction(stores.append.bind(stores));
      const winners = new Map<number, number>();
      const command = async (writer: number): Promise<void> => {
        const commandId = `${stream}-${writer}`;
        for (let expectedVersion = await load(); ;) {
          const over = { stream, expectedVersion, commandId, events: Array.from({ length: events }, () => anEvent({ data: { writer } })) };
          const result: AppendResult = await append(anAppend(over));
          if (result.outcome === 'appended') winners.set(expectedVersion, (winners.get(expectedVersion) ?? 0) + 1);
          if (result.outcome === 'appended') return;
          if (result.outcome !== 'conflict') throw new Error(result.outcome);
          if (result.actualVersion === expectedVersion) throw new Error('a conflict with the version that was expected');
          expectedVersion = result.actualVersion;
        }
      };
      await s.waitFor(Promise.all(Array.from({ length: writers }, (_, writer) => command(writer))));
      const found = await stores.readStream(stream, 0, 99);
      expect(found.map(({ event }) => event.version)).toEqual(Array.from({ length: writers * events }, (_, i) => i));
      expect([...winners.entries()].sort(([a], [b]) => a - b)).toEqual(Array.from({ length: writers }, (_, i) => [i * events - 1, 1]));
      const writes = found.map(({ event }) => (event.data as { writer: number }).writer);
      for (let i = 0; i < writes.length; i += events) expect(new Set(writes.slice(i, i + events)).size).toBe(1);
      expect(new Set(writes).size).toBe(writers);
    }), { numRuns: RUNS });
  }, 60_000 + RUNS * 1_000);
}
