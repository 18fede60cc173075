/** A number that counts only when it was heard twice with some time between, and then the larger one. */
export class Twice {
  private first: { most: number; readonly at: number } | null = null;

  /** True after one hearing. */
  get isOpen(): boolean {
    return this.first !== null;
  }

  /** The largest heard when the first hearing is at least `ms` ago, else null. */
  confirmed(value: number, now: number, ms: number): number | null {
    this.first ??= { most: value, at: now };
    this.first.most = Math.max(this.first.most, value);
    return now > this.first.at && now - this.first.at >= ms ? this.first.most : null;
  }

  forget(): void {
    this.first = null;
  }
}
