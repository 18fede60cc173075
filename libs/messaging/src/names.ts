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

/**
 * Where the owner of a log answers one asker: only the owner may publish below it, and only this asker may listen.
 * Not an inbox, for which the server would have to remember the reply subject of every message it delivers to the owner.
 */
export function logAnswersSubject(owner: string, asker: string): string {
  return `${owner}.log.answers.${asker}`;
}

/** Whether a question for the own log may be answered where it asks to be. */
export function isLogAnswerOf(owner: string, reply: string | undefined): boolean {
  return reply?.startsWith(`${owner}.log.answers.`) ?? false;
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

/** Where the fact is kept that a neighbour's log was seen to end before what was dealt with. */
export function setBackName(source: string): string {
  return `${source}!set-back`;
}

/** Where the fact is kept that the own stream holds events of the own log that the log does not hold. */
export function streamAheadName(log: string): string {
  return `${log}!stream-ahead`;
}

/** Facts that are no messages: nothing can be tried again, and a signed drop is a person's decision about them. */
export function isAlarmName(source: string): boolean {
  return source.endsWith('!set-back') || source.endsWith('!stream-ahead');
}

/** The stream of the own log that tells which entries of a source were dropped, and who answers for it. */
export function dropsStreamOf(source: string): string {
  return `quarantine-${source}`;
}
