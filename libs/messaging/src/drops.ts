/** Drops remembered at most before their places are marked. */
const MOST = 256;
const LONGEST_MS = 200;

/**
 * Messages that nobody listens to. Marking each by itself cost a synced commit for nothing: a forgotten drop is simply
 * dropped again, so their places are marked together, after a number of them or a short while.
 */
export class Drops<T> {
  private items: T[] = [];
  private timer: NodeJS.Timeout | null = null;

  /** @param mark keeps the places of the items; must not throw. */
  constructor(private readonly mark: (items: readonly T[]) => Promise<void>) {}

  add(item: T): void {
    this.items.push(item);
    if (this.items.length >= MOST) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), LONGEST_MS);
  }

  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const items = this.items;
    this.items = [];
    if (items.length > 0) await this.mark(items);
  }
}
