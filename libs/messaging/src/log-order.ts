/** A run of indexes that did not arrive although a later one did. */
export interface MissingRange {
  readonly from: number;
  readonly count: number;
}

/**
 * Brings the messages of one log back into index order. What arrives early is held until everything before it is
 * there; nothing is ever skipped, because a skipped event could be the one its case waits for.
 */
export class LogOrder<T> {
  private readonly held = new Map<number, T>();

  constructor(private next: number) {}

  /** The index that is due; everything below it was handed out. */
  get due(): number {
    return this.next;
  }

  get heldCount(): number {
    return this.held.size;
  }

  /** False for what was handed out before or is held already. */
  offer(index: number, item: T): boolean {
    if (index < this.next || this.held.has(index)) return false;
    this.held.set(index, item);
    return true;
  }

  /** The due item, or undefined while it is missing. */
  take(): T | undefined {
    const item = this.held.get(this.next);
    if (item !== undefined) this.held.delete(this.next++);
    return item;
  }

  get dueIsHere(): boolean {
    return this.held.has(this.next);
  }

  missing(): MissingRange | null {
    if (this.held.size === 0 || this.dueIsHere) return null;
    return { from: this.next, count: Math.min(...this.held.keys()) - this.next };
  }

  /** Gives up everything at or above `end`, which the owner's log does not contain. */
  dropFrom(end: number): readonly T[] {
    const bogus = [...this.held.keys()].filter(index => index >= end);
    return bogus.map(index => {
      const item = this.held.get(index) as T;
      this.held.delete(index);
      return item;
    });
  }
}
