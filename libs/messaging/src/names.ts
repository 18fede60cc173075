/** Names on the bus. They are a wire format: every department and the permissions of the servers depend on them. */

export function streamNameOf(department: string): string {
  return department.toUpperCase();
}

export function eventSubjectsOf(department: string): string {
  return `${department}.events.>`;
}

export function eventSubject(department: string, type: string): string {
  return `${department}.events.${type}`;
}

export function isEventSubjectOf(department: string, subject: string): boolean {
  return subject.startsWith(`${department}.events.`);
}

export function logRangeSubject(department: string): string {
  return `${department}.log.range`;
}

/** Answers to one identity arrive below this prefix. With a common one everybody could read everybody's answers. */
export function inboxPrefixOf(identity: string): string {
  return `_INBOX_${identity}`;
}

/**
 * Whether a request may be answered where it asks to be. A service may answer on subjects that the asker may not
 * publish on; without this look it could be made to write into any stream.
 */
export function isInbox(reply: string | undefined): boolean {
  return reply?.startsWith('_INBOX') ?? false;
}

/** JetStream counts from 1, a log from 0; the relay keeps the two in step. */
export function sequenceOf(index: number): number {
  return index + 1;
}

export function indexAt(sequence: number): number {
  return sequence - 1;
}

/**
 * Where messages are kept that are not the owner's event of their place. They must not be marked under the
 * source itself: the genuine event of that index would then count as dealt with.
 */
export function strayName(source: string): string {
  return `${source}!stray`;
}
