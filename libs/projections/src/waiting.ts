/** The read models were closed while somebody waited for them. */
export class ViewsClosed extends Error {
  override readonly name = 'ViewsClosed';
}

interface Waiter {
  readonly index: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Those who want to read what they have just written. */
export class Waiting {
  #waiters: readonly Waiter[] = [];
  #closed = false;

  until(index: number, position: () => number): Promise<void> {
    if (this.#closed) return Promise.reject(new ViewsClosed('the read models are closed'));
    if (position() >= index) return Promise.resolve();
    return new Promise((resolve, reject) => { this.#waiters = [...this.#waiters, { index, resolve, reject }]; });
  }

  reached(position: number): void {
    const [there, waiting]: [Waiter[], Waiter[]] = [[], []];
    for (const waiter of this.#waiters) (waiter.index <= position ? there : waiting).push(waiter);
    this.#waiters = waiting;
    for (const { resolve } of there) resolve();
  }

  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiters) reject(new ViewsClosed('the read models are closed'));
    this.#waiters = [];
  }
}
