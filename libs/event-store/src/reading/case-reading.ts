import type { Decode, StoredRecord } from '../decode.js';
import type { StoredEvent } from '../port.js';

/** One record and the case it belongs to. */
export interface CaseRecord {
  readonly caseId: string;
  readonly stored: StoredRecord;
}

/**
 * A log case by case, for those who only look: nothing is created, locked, upgraded or changed, and the department may
 * be running or stopped. Case ids are ordered by their bytes, which for UUIDv7 is the order in which cases were opened.
 */
export interface CaseReading {
  readonly log: string;
  /** Ids with `after` < id < `before`, each once, at most `limit`. */
  caseIds(after: string, before: string, limit: number): Promise<readonly string[]>;
  /**
   * Every record of the cases from `first` to `last`, both included: by case, and within a case by index. As they are
   * stored, so that whoever goes from case to case need not hold the events of all of them.
   */
  recordsOfCases(first: string, last: string): Promise<readonly CaseRecord[]>;
  /** The one way from what is stored to an event. */
  readonly decode: Decode;
  /** Events of a stream from `fromVersion` on, at most `limit`, in version order. */
  readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]>;
  close(): Promise<void>;
}

/** There is no log to read, or none that this program can read. The message says which and why, without secrets. */
export class LogUnreadable extends Error {
  override readonly name = 'LogUnreadable';
}
