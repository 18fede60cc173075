/**
 * One command at a time per stream within this process. Many cases meet on the stream of one lot or one customer:
 * racing for its next version they would all decide and all but one decide again, until some give up.
 */
export class StreamLanes {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(stream);
    const mine = before ? before.then(work, work) : work();
    this.last.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(stream) === mine) this.last.delete(stream);
    }
  }
}
