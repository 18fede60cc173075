/** What a writer is to do; given as JSON on its command line. */
export interface WriterOrder {
  /** Engine of the store, as a service would be told. */
  readonly setting: string;
  readonly log: string;
  readonly dataDir: string;
  /** Begins every command id, so that no two runs share one. */
  readonly run: string;
  /** Clients that append side by side. */
  readonly writers: number;
  /** Appends of each writer before it ends by itself. */
  readonly appends: number;
  /** `<command id>:<events>` of a former run that got no answer: sent again first, as a client would. */
  readonly again: readonly string[];
  /** Planted bug, or null. */
  readonly planted: string | null;
}
