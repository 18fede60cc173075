import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import { alignWithStream, patrol } from './alignment.js';
import { NotProvisioned, type OwnStream } from './ports.js';
import { goOn, logOf } from './spec/set-back-log.js';
import { StreamAhead } from './stream-ahead.js';

const WINDOW = 4;

describe('a stream compared with its log', () => {
  let store: EventStore;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    store = await logOf(10);
  });

  /** A stream that was a copy of `of` and has lost what stood before `firstSequence`. */
  async function streamOf(of: EventStore, firstSequence: number) {
    const copied = await of.readLog(0, 100);
    const removed: string[] = [];
    const stream: OwnStream = {
      state: async () => ({ created: 'once', lastSequence: copied.length, firstSequence }),
      message: async sequence => sequence < firstSequence ? null : copied[sequence - 1]?.bytes ?? null,
      publishFenced: () => Promise.reject(new Error('nothing is published while looking')),
      remove: async () => void removed.push('once'),
      leave: () => undefined,
    };
    return { stream, removed };
  }

  it('is gone on with where it holds everything', async () => {
    const { stream, removed } = await streamOf(store, 1);
    expect(await alignWithStream(stream, store, WINDOW)).toEqual({ next: 10, created: 'once' });
    expect(await patrol(stream, store, 1)).toBe(9);
    expect(removed).toEqual([]);
  });

  it.each([2, 7, 11])('is thrown away when its first message is number %d, although its end is right', async firstSequence => {
    const { stream, removed } = await streamOf(store, firstSequence);
    await expect(alignWithStream(stream, store, WINDOW)).rejects.toThrow(NotProvisioned);
    expect(removed).toEqual(['once']);
  });

  it.each([2, 7, 11])('is aligned with anew when its first message has become number %d meanwhile', async firstSequence => {
    const { stream, removed } = await streamOf(store, firstSequence);
    for (const from of [1, 9]) await expect(patrol(stream, store, from)).rejects.toThrow(`lost what stood before its message ${firstSequence}`);
    expect(removed).toEqual([]);
  });

  it.each([1, 2, 7])('is kept as the only witness when the log was set back, also when it begins with number %d', async firstSequence => {
    const { stream, removed } = await streamOf(store, firstSequence);
    const setBack = await logOf(6);
    await expect(alignWithStream(stream, setBack, WINDOW)).rejects.toThrow(StreamAhead);
    expect(removed).toEqual([]);
  });

  it.each([1, 2, 5])('is kept as well when a log that was set back has since outgrown it, also when it begins with number %d', async firstSequence => {
    const { stream, removed } = await streamOf(store, firstSequence);
    const outgrown = await logOf(6);
    await goOn(outgrown, 6, 'later-');
    await expect(alignWithStream(stream, outgrown, WINDOW)).rejects.toThrow(StreamAhead);
    expect(removed).toEqual([]);
  });
});
