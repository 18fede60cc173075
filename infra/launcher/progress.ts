/** What the launcher tells while it works; `service` is a department, `gateway` or `nats`. */
export type Progress =
  | { readonly kind: 'leftover-ended'; readonly service: string }
  | { readonly kind: 'starting'; readonly service: string }
  | { readonly kind: 'waiting'; readonly service: string; readonly elapsedMs: number; readonly why: string }
  | { readonly kind: 'ready'; readonly service: string; readonly elapsedMs: number }
  | { readonly kind: 'crashed'; readonly service: string; readonly how: string; readonly retryInMs: number }
  | { readonly kind: 'stopping'; readonly service: string }
  | { readonly kind: 'stopped'; readonly service: string; readonly forced: boolean };

export type OnProgress = (progress: Progress) => void;
