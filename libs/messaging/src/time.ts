/** Where waiting and dates come from. A simulation lends its own, so that hours of retries pass in a moment. */
export interface Time {
  /** UTC milliseconds. */
  now(): number;
  /** Calls `then` after `ms`. Returns the way to call it off. */
  after(ms: number, then: () => void): () => void;
  /** Calls `then` when what arrived together has been looked at, and before any time passes. */
  soon(then: () => void): void;
}

export const systemTime: Time = {
  now: () => Date.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  soon: then => void setImmediate(then),
};

export function instantOf(time: Time): string {
  return new Date(time.now()).toISOString();
}
