import type { Time } from 'aftercare/messaging';

interface Due { readonly at: number; readonly place: number; readonly call: () => void; isOff: boolean }

/** Time that passes only when nobody has anything left to do. Everything that waits for time waits here. */
export class VirtualTime implements Time {
  /** Steps taken: callbacks that were called. */
  steps = 0;
  private readonly heap: Due[] = [];
  private places = 0;
  private ms: number;

  constructor(startMs: number) {
    this.ms = startMs;
  }

  now(): number {
    return this.ms;
  }

  after(ms: number, then: () => void): () => void {
    const due: Due = { at: this.ms + Math.max(0, ms), place: this.places++, call: then, isOff: false };
    this.push(due);
    return () => { due.isOff = true; };
  }

  soon(then: () => void): void {
    this.after(0, then);
  }

  /** Lets everything happen that is due until `until` (UTC ms), or until `isDone` says so between two steps. */
  async run(until: number, isDone: () => boolean = () => false): Promise<void> {
    await settled();
    while (!isDone()) {
      const next = this.heap[0];
      if (!next || next.at > until) break;
      this.pop();
      if (next.isOff) continue;
      this.ms = Math.max(this.ms, next.at);
      this.steps += 1;
      next.call();
      await settled();
    }
    if (!isDone()) this.ms = Math.max(this.ms, until);
  }

  private push(due: Due): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(due, heap[above] as Due)) break;
      heap[at] = heap[above] as Due;
      at = above;
    }
    heap[at] = due;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop() as Due;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Due, heap[below] as Due)) below += 1;
      if (!isBefore(heap[below] as Due, last)) break;
      heap[at] = heap[below] as Due;
      at = below;
    }
    heap[at] = last;
  }
}

/** Equal times in the order in which they were asked for, or the run would depend on the heap's shape. */
function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.place < b.place);
}

/** A turn of the real event loop: every promise that can go on has gone on by then. */
function settled(): Promise<void> {
  return new Promise((done) => { setImmediate(done); });
}
