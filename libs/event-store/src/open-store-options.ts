import type { Decode } from './decode.js';
import type { Now } from './log-clock.js';

export interface OpenStoreOptions {
  /** Name of the department. */
  readonly log: string;
  /** Folder of this department on this machine. The sqlite engine keeps the log there, others what they may lose. */
  readonly dataDir: string;
  readonly decode?: Decode;
  readonly now?: Now;
  /** Opens a log also where it may not be worked on: one that is being filled, or that moved. It can be read, and transferred by the owner of its database. */
  readonly forTransfer?: boolean;
  /** What named the setting, for the error about a wrong one; AFTERCARE_STORE unless told. */
  readonly namedBy?: string;
}
