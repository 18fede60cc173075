import { decode as asRecorded, type Decode } from '../decode.js';
import type { StoredEvent } from '../port.js';
import { requirePosition } from '../prepared-append.js';
import type { EventRow, Statements } from './statements.js';

/** Answers the questions of the port from the tables of a log. @throws RangeError for a range that is none. */
export class LogReader {
  constructor(private readonly sql: Statements, private readonly decode: Decode) {}

  stream(stream: string, fromVersion: number, limit: number): readonly StoredEvent[] {
    requireRange(fromVersion, limit);
    return this.sql.readStream.all(stream, fromVersion, limit).map(this.stored);
  }

  log(fromIndex: number, limit: number): readonly StoredEvent[] {
    requireRange(fromIndex, limit);
    return this.sql.readLog.all(fromIndex, limit).map(this.stored);
  }

  bytes(fromIndex: number, limit: number): readonly Uint8Array[] {
    requireRange(fromIndex, limit);
    return this.sql.readLog.all(fromIndex, limit).map(({ bytes }) => bytes);
  }

  correlation(correlationId: string, fromIndex: number, limit: number): readonly StoredEvent[] {
    requireRange(fromIndex, limit);
    return this.sql.readCorrelation.all(correlationId, fromIndex, limit).map(this.stored);
  }

  /** Number of the first `end` events that were recorded at or before the instant. */
  until(instant: string, end: number): number {
    let from = 0;
    for (let to = end; from < to;) {
      const middle = Math.floor((from + to) / 2);
      if (this.recordedAt(middle) > instant) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  private recordedAt(index: number): string {
    const [row] = this.sql.readLog.all(index, 1);
    if (!row) throw new Error(`index ${index} is missing in the log`);
    // Not the department's own way: when an event was recorded can be told of one that cannot be read.
    return asRecorded(row.bytes).recordedAt;
  }

  private readonly stored = ({ idx, bytes }: EventRow): StoredEvent => ({ index: idx, bytes, event: this.decode(bytes) });
}

function requireRange(from: number, limit: number): void {
  requirePosition(from, 'from');
  requirePosition(limit, 'limit');
}
