import type { Entry, FencedStream, StreamEntry } from '../fenced-stream.js';

/** What KurrentDB promises about one stream, as its documentation states it; lives as long as the test. */
export class StreamDouble {
  readonly entries: StreamEntry[] = [];
  private readonly listeners = new Set<() => void>();

  /** A repeated append with the ids it had is answered as if it had just been written. */
  append(after: number, entries: readonly Entry[]): 'appended' | 'moved' {
    const isRepeat = entries.length > 0 && entries.every(({ id }, i) => this.entries[after + 1 + i]?.id === id);
    if (isRepeat) return 'appended';
    if (after !== this.entries.length - 1) return 'moved';
    for (const { id, type, data } of entries) this.entries.push({ id, type, data: Buffer.from(data), revision: this.entries.length });
    for (const listener of [...this.listeners]) listener();
    return 'appended';
  }

  read(from: number, limit: number): readonly StreamEntry[] {
    return this.entries.slice(from, from + limit);
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }
}

/** What may happen to a call on its way; `null` lets it pass. */
export type Fault = 'lost-on-the-way' | 'answer-lost' | 'dead' | null;

/** A connection to the double. `fault` is asked before each call. */
export function connectionTo(server: StreamDouble, fault: (call: 'append' | 'read') => Fault = () => null): FencedStream {
  const through = async <T>(call: 'append' | 'read', work: () => T): Promise<T> => {
    await new Promise((resolve) => { setImmediate(resolve); });
    const met = fault(call);
    if (met === 'dead') return new Promise(() => undefined);
    if (met === 'lost-on-the-way') throw new Error('unavailable');
    const answer = work();
    await new Promise((resolve) => { setImmediate(resolve); });
    if (met === 'answer-lost') throw new Error('deadline exceeded');
    return answer;
  };
  return {
    append: (after, entries) => through('append', () => server.append(after, entries)),
    read: (from, limit) => through('read', () => server.read(from, limit)),
    follow: (_, moved) => server.listen(moved),
    close: async () => undefined,
  };
}

/**
 * A connection whose process is killed before the (n+1)-th of these: sending a call, and taking its answer. What was sent
 * before has reached the server.
 */
export function dyingConnection(through: FencedStream, afterSteps: number): FencedStream {
  let left = afterSteps;
  const step = (): void => {
    left -= 1;
    if (left < 0) throw new Error('the process is gone');
  };
  const mortal = async <T>(call: () => Promise<T>): Promise<T> => {
    step();
    const answer = await call();
    step();
    return answer;
  };
  return {
    append: (after, entries) => mortal(() => through.append(after, entries)),
    read: (from, limit) => mortal(() => through.read(from, limit)),
    follow: () => () => undefined,
    close: () => through.close(),
  };
}
