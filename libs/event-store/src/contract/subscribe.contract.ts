import { setTimeout as wait } from 'node:timers/promises';
import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

const ARRIVES_WITHIN_MS = Number(process.env['AFTERCARE_WAKE_MS'] ?? '5000');

/** Engines may wake from another connection, hence later than the append that woke them is answered. */
async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + ARRIVES_WITHIN_MS; !holds() && Date.now() < end;) await wait(5);
  expect(holds()).toBe(true);
}

export function subscribeContract(it: It, current: Current): void {
  const record = async (stream: string, expectedVersion = -1) => current.store.append(anAppend({ stream, expectedVersion, events: [anEvent(), anEvent()] }));

  it('given a subscriber that reads up to each head it is woken with, then it never skips or doubles an event', async () => {
    const seen: number[] = [];
    let reading = Promise.resolve();
    const stop = current.store.subscribe((head) => {
      reading = reading.then(async () => {
        for (const { index } of await current.store.readLog(seen.length, Math.max(0, head - seen.length))) seen.push(index);
      });
    });
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(Array.from({ length: 6 }, (_, i) => record(`s-${round}-${i}`)));
    }
    await until(() => seen.length >= 60);
    stop();
    await record('last-1');
    await wait(20);
    await reading;
    expect(seen).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  it('given a wake, when the woken one reads, then what it was woken for is there, to the last event', async () => {
    const missing: number[] = [];
    const looks: Promise<void>[] = [];
    current.store.subscribe((head) => {
      looks.push(current.store.readLog(head - 1, 1).then((events) => { if (events.length !== 1) missing.push(head); }));
    });
    for (let i = 0; i < 5; i += 1) await record('a-1', i * 2 - 1);
    await until(() => looks.length > 0);
    await Promise.all(looks);
    expect(missing).toEqual([]);
  });

  it('given an acknowledged append, then a wake with at least its end comes, whoever else appends, and heads never go back', async () => {
    const heads: number[] = [];
    current.store.subscribe((head) => heads.push(head));
    for (let i = 0; i < 10; i += 1) {
      const answer = await record(`s-${i}`);
      if (answer.outcome !== 'appended') throw new Error(answer.outcome);
      await until(() => (heads.at(-1) ?? 0) >= answer.record.nextIndex);
    }
    expect(heads).toEqual([...heads].sort((a, b) => a - b));
    expect(Math.max(...heads)).toBe(20);
  });

  it('given two subscribers, when one stops in the middle of a wake, then the other goes on', async () => {
    const first: number[] = [];
    const second: number[] = [];
    const stop = current.store.subscribe((head) => { first.push(head); stop(); });
    current.store.subscribe((head) => second.push(head));
    await record('a-1');
    await record('a-1', 1);
    await until(() => second.at(-1) === 4);
    expect(first).toHaveLength(1);
  });

  it('given an append that recorded nothing, then the head stays and nobody is told otherwise', async () => {
    const heads: number[] = [];
    await record('a-1');
    current.store.subscribe((head) => heads.push(head));
    await current.store.append(anAppend({ events: [], expectedVersion: 1 }));
    await current.store.append(anAppend({ expectedVersion: 7 }));
    await wait(20);
    expect(heads.filter((head) => head !== 2)).toEqual([]);
    expect(await current.store.head()).toBe(2);
  });
}
