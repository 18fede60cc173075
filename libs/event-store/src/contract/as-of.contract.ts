import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

const at = (second: number, ms = 0): string => new Date(Date.UTC(2026, 2, 2, 1, 30, second, ms)).toISOString();

/** Reading the past: the log as of an instant is what lies below `headAt`. */
export function asOfContract(it: It, current: Current, durable: boolean): void {
  let instant = at(0);
  const now = (): string => instant;
  const record = async (when: string, stream: string, expectedVersion: number, events = 1) => {
    instant = when;
    await current.store.append(anAppend({ stream, expectedVersion, events: Array.from({ length: events }, () => anEvent()) }));
  };
  const heads = async (...instants: string[]) => Promise.all(instants.map((each) => current.store.headAt(each)));

  it('given an empty log, then it was empty at any instant', async () => {
    expect(await heads(at(0), '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z')).toEqual([0, 0, 0]);
  });

  it('given events before, at and after an instant, then the head at it counts those recorded at or before it', async () => {
    await current.reopen(now);
    await record(at(10), 'a-1', -1);
    await record(at(20), 'b-1', -1, 3);
    await record(at(20), 'a-1', 0);
    await record(at(30), 'b-1', 2);
    expect(await heads(at(9, 999), at(10), at(19, 999), at(20), at(29, 999), at(30), at(31), at(59))).toEqual([0, 1, 1, 5, 5, 6, 6, 6]);
  });

  it('given a stream that grew, then as of an instant it is what was recorded in it by then', async () => {
    await current.reopen(now);
    for (const [second, version] of [[10, -1], [20, 0], [20, 1], [40, 2]] as const) {
      await record(at(second), 'a-1', version);
      await record(at(second), 'b-1', version);
    }
    const asOf = async (when: string) => {
      const head = await current.store.headAt(when);
      return (await current.store.readStream('a-1', 0, 99)).filter(({ index }) => index < head).map(({ event }) => event.version);
    };
    expect([await asOf(at(5)), await asOf(at(10)), await asOf(at(20)), await asOf(at(39)), await asOf(at(40))])
      .toEqual([[], [0], [0, 1, 2], [0, 1, 2], [0, 1, 2, 3]]);
  });

  it('given a clock that was set back, then what was recorded meanwhile belongs to the latest instant the log had reached', async () => {
    await current.reopen(now);
    await record(at(30), 'a-1', -1);
    await record(at(10), 'b-1', -1);
    await record(at(40), 'c-1', -1);
    expect(await heads(at(10), at(29), at(30), at(39), at(40))).toEqual([0, 0, 2, 2, 3]);
  });

  it('given a command that recorded nothing, then it moves no event to another instant', async () => {
    await current.reopen(now);
    await record(at(10), 'a-1', -1);
    await record(at(20), 'a-1', 0, 0);
    await record(at(30), 'a-1', 0);
    expect(await heads(at(10), at(20), at(30))).toEqual([1, 1, 2]);
  });

  if (!durable) return;

  it('given a log that is opened again, then every instant has the same head as before', async () => {
    await current.reopen(now);
    for (let i = 0; i < 9; i += 1) await record(at(10 + i - (i % 3)), `s-${i}`, -1, 1 + (i % 2));
    const instants = Array.from({ length: 15 }, (_, i) => at(8 + i));
    const before = await heads(...instants);
    await current.reopen(now);
    expect(await heads(...instants)).toEqual(before);
    expect(new Set(before).size).toBeGreaterThan(3);
  });
}
