type Wake = (head: number) => void;

/** Listeners to be woken when the log has grown. */
export class Subscribers {
  private readonly wakes = new Set<{ readonly wake: Wake }>();

  add(wake: Wake): () => void {
    const entry = { wake };
    this.wakes.add(entry);
    return () => { this.wakes.delete(entry); };
  }

  /** A listener's defect surfaces as an uncaught error, but never takes the wake from the others or the commit from its caller. */
  wakeAll(head: number): void {
    for (const { wake } of [...this.wakes]) {
      try {
        wake(head);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  }
}
