/**
 * Lets small things wait for each other, so that they are done in one go: until `most` wait, `ms` have passed since the
 * first came, or somebody who goes anyway takes them along.
 */
export class InCompany {
  private waiting: (() => void)[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly ms: number, private readonly most: number) {}

  join(): Promise<void> {
    return new Promise(go => {
      this.waiting.push(go);
      if (this.waiting.length >= this.most) this.go();
      else this.timer ??= setTimeout(() => this.go(), this.ms);
    });
  }

  go(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (const go of this.waiting.splice(0)) go();
  }
}
