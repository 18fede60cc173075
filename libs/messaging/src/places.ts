import type { Aside } from './persistence.js';

/**
 * Places for work that goes on at once. Work of a case that waits for what is not here yet leaves its place to others,
 * which may not need it, and takes one again to look.
 */
export class Places {
  private used = 0;
  private readonly queue: (() => void)[] = [];
  private readonly waiting = new Set<string>();

  /** @param left rings when a case began to wait */
  constructor(private readonly most: number, private readonly left: () => void) {}

  /** Work that was begun and does not wait. */
  get taken(): number {
    return this.used;
  }

  /** Cases that wait. */
  get resting(): ReadonlySet<string> {
    return this.waiting;
  }

  async within(work: () => Promise<void>): Promise<void> {
    await this.take();
    try {
      await work();
    } finally {
      this.leave();
    }
  }

  /** For work that has a place. @param since as in `Aside` */
  asideOf(caseId: string, since: number): Aside {
    return {
      since,
      leave: () => {
        this.waiting.add(caseId);
        this.leave();
        this.left();
      },
      comeBack: () => this.take(),
      end: () => { this.waiting.delete(caseId); },
    };
  }

  private async take(): Promise<void> {
    if (this.used < this.most) this.used += 1;
    else await new Promise<void>(comeIn => this.queue.push(comeIn));
  }

  private leave(): void {
    this.used -= 1;
    while (this.used < this.most) {
      const comeIn = this.queue.shift();
      if (!comeIn) return;
      this.used += 1;
      comeIn();
    }
  }
}
