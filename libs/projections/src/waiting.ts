/** The read models were closed while somebody waited for them. */
export class ViewsClosed extends Error {
  override readonly name = 'ViewsClosed';
}

/** What was waited for is recorded, but the read models have not shown it within the time given. */
export class ViewsLag extends Error {
  override readonly name = 'ViewsLag';
  constructor(readonly index: number, readonly position: number) {
    super(`recorded, but the read models are at ${position} of ${index}`);
  }
}

interface Waiter {
  readonly index: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Those who want to read what they have just written. Each is answered once. */
export class Waiting {
  readonly #waiters = new Set<Waiter>();
  #closed = false;

  /** `readable` gives the index below which everything can be read. */
  constructor(private readonly readable: () => number) {}

  until(index: number, timeoutMs: number): Promise<void> {
    if (this.#closed) return Promise.reject(new ViewsClosed('the read models are closed'));
    if (this.readable() >= index) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new ViewsLag(index, this.readable()));
      }, timeoutMs);
      const waiter: Waiter = { index, resolve, reject, timer };
      this.#waiters.add(waiter);
    });
  }

  moved(): void {
    if (this.#waiters.size === 0) return;
    const readable = this.readable();
    for (const waiter of this.#waiters) if (waiter.index <= readable) this.#settle(waiter).resolve();
  }

  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiters) this.#settle(waiter).reject(new ViewsClosed('the read models are closed'));
  }

  #settle(waiter: Waiter): Waiter {
    clearTimeout(waiter.timer);
    this.#waiters.delete(waiter);
    return waiter;
  }
}
