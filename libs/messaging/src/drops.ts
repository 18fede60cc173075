import { systemTime, type Time } from './time.js';

/** Drops remembered at most before their places are marked. */
const MOST = 256;
const LONGEST_MS = 200;

/**
 * Messages that nobody listens to. Marking each by itself cost a synced commit for nothing: a forgotten drop is simply
 * dropped again, so their places are marked together, after a number of them or a short while.
 */
export class Drops<T> {
  private items: T[] = [];
  private callOff: (() => void) | null = null;

  /** @param mark keeps the places of the items; must not throw. */
  constructor(private readonly mark: (items: readonly T[]) => Promise<void>, private readonly time: Time = systemTime) {}

  add(item: T): void {
    this.items.push(item);
    if (this.items.length >= MOST) void this.flush();
    else this.callOff ??= this.time.after(LONGEST_MS, () => void this.flush());
  }

  async flush(): Promise<void> {
    this.callOff?.();
    this.callOff = null;
    const items = this.items;
    this.items = [];
    if (items.length > 0) await this.mark(items);
  }
}
