/** One entry of a stream in KurrentDB. */
export interface Entry {
  /** UUID; the same for every attempt, so that the server recognises a repeated one. */
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
}

export interface StreamEntry extends Entry {
  /** Place in the stream: 0, 1, 2, … */
  readonly revision: number;
}

/** What this engine needs of KurrentDB: one stream whose end can be fenced. */
export interface FencedStream {
  /**
   * Writes all entries behind `after` (-1: the stream does not exist) or none.
   * @returns `moved` when the stream ends elsewhere.
   * @throws Error when the outcome is unknown. Calling again with the same arguments is safe.
   */
  append(after: number, entries: readonly Entry[]): Promise<'appended' | 'moved'>;
  /** Entries from `from` on, at most `limit`, in order; none beyond the end or of a stream that does not exist. */
  read(from: number, limit: number): Promise<readonly StreamEntry[]>;
  /** Calls `moved` when there may be more than `after`. A hint: it may come twice or, after a failure, not at all. */
  follow(after: number, moved: () => void): () => void;
  close(): Promise<void>;
}
