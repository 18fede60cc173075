import { systemTime, type Time } from './time.js';

/** A bell that is never missed: a call before the wait counts for it. */
export class Wake {
  private called = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly time: Time = systemTime) {}

  call(): void {
    this.called = true;
    for (const listener of this.listeners) listener();
  }

  /** To be used before looking for work, so that work arriving during the look rings again. */
  reset(): void {
    this.called = false;
  }

  /** True when called, false when `ms` passed in silence. */
  async within(ms: number): Promise<boolean> {
    if (this.called) return true;
    return new Promise<boolean>(done => {
      const end = (isCalled: boolean) => {
        callOff();
        this.listeners.delete(listener);
        done(isCalled);
      };
      const listener = () => end(true);
      const callOff = this.time.after(ms, () => end(false));
      this.listeners.add(listener);
    });
  }
}
