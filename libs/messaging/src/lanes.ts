/**
 * Runs work of one key strictly one after the other, work of different keys side by side. The key is the
 * case: its events must be seen in order, other cases must not wait for it.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.tails.get(key) === mine) this.tails.delete(key);
    }
  }

  /** Number of keys with work; back to zero when idle, or a long run would fill the memory. */
  get busy(): number {
    return this.tails.size;
  }
}
