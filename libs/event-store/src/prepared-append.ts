import { isWellFormed } from './canonical.js';
import { prepareEvents, type PreparedEvents } from './envelope.js';
import { NotCanonical, type AppendRequest, type InboxMark } from './port.js';

const LONGEST_COMMAND_ID = 400;

/** A request that can only be stopped by the state of the log or by the disk. */
export interface PreparedAppend {
  readonly stream: string;
  readonly expectedVersion: number;
  readonly commandId: string;
  readonly fingerprint: string;
  readonly inbox: InboxMark | null;
  readonly releases: InboxMark | null;
  readonly events: PreparedEvents;
}

/**
 * Refuses what no engine may store, before it is queued: one bad request must not fail those that share its commit.
 * @throws NotCanonical for content, RangeError for a malformed request.
 */
export function prepareAppend(log: string, request: AppendRequest): PreparedAppend {
  const { stream, expectedVersion, commandId, fingerprint, inbox, releases } = request;
  requireName(stream, 'stream');
  requireName(commandId, 'commandId');
  requireName(fingerprint, 'fingerprint');
  if (commandId.length > LONGEST_COMMAND_ID) throw new RangeError(`commandId is longer than ${LONGEST_COMMAND_ID} characters`);
  if (!Number.isSafeInteger(expectedVersion) || expectedVersion < -1) throw new RangeError('expectedVersion is neither -1 nor a version');
  if (inbox) requireMark(inbox);
  if (releases) requireMark(releases);
  return {
    stream, expectedVersion, commandId, fingerprint,
    inbox: inbox ? { source: inbox.source, index: inbox.index } : null,
    releases: releases ? { source: releases.source, index: releases.index } : null,
    events: prepareEvents(request.events, log, stream),
  };
}

export function requireMark(mark: InboxMark): void {
  requireName(mark.source, 'source');
  requirePosition(mark.index, 'index');
}

export function requirePosition(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is not 0, 1, 2, …`);
}

function requireName(value: string, name: string): void {
  if (typeof value !== 'string' || value === '') throw new RangeError(`${name} is empty`);
  if (!isWellFormed(value)) throw new NotCanonical(`"${name}" holds text with half of a surrogate pair`);
}
