/** The lasting receipt of a command. */
export interface CommandRecord {
  readonly commandId: string;
  readonly fingerprint: string;
  readonly stream: string;
  /** Version of the stream after the command. */
  readonly version: number;
  /** Index of its first event in the log; equal to `nextIndex` when it recorded none. */
  readonly firstIndex: number;
  readonly nextIndex: number;
  readonly recordedAt: string;
}

/** A message that could not be dealt with, kept with its original bytes. Quarantining marks it in the inbox. */
export interface QuarantineEntry {
  readonly source: string;
  readonly index: number;
  readonly type: string;
  readonly reason: string;
  readonly bytes: Uint8Array;
  readonly at: string;
}
