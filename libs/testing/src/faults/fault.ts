/** What a link does to the bytes that pass it. `pass` is the healthy link. */
export type Fault =
  | { readonly kind: 'pass' }
  /** Every byte arrives `ms` later; none is lost and the rate stays. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Connections are reset, those that exist and those that come. */
  | { readonly kind: 'reset' }
  /** Nothing arrives and nobody is told; afterwards everything arrives, as TCP would send it again. */
  | { readonly kind: 'blackhole' }
  /** Nobody listens. */
  | { readonly kind: 'refuse' }
  /** The client's direction is closed while the server's stays open. */
  | { readonly kind: 'half-close' }
  /** Bytes arrive one at a time. */
  | { readonly kind: 'slices' }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number };

export const HEALTHY: Fault = { kind: 'pass' };

/** For people and for counting. */
export function nameOf(fault: Fault): string {
  switch (fault.kind) {
    case 'latency': return `latency ${fault.ms} ms`;
    case 'throttle': return `${fault.bytesPerSecond / 1_000} kB/s`;
    default: return fault.kind;
  }
}
