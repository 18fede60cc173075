/** A bell that is never missed: a call before the wait counts for it. */
export class Wake {
  private called = false;
  private listener: (() => void) | null = null;

  call(): void {
    this.called = true;
    this.listener?.();
  }

  /** To be used before looking for work, so that work arriving during the look rings again. */
  reset(): void {
    this.called = false;
  }

  /** True when called, false when `ms` passed in silence. */
  async within(ms: number): Promise<boolean> {
    if (this.called) return true;
    await new Promise<void>(done => {
      const timer = setTimeout(done, ms);
      this.listener = () => { clearTimeout(timer); done(); };
    });
    this.listener = null;
    return this.called;
  }
}
