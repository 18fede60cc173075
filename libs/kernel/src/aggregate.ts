import { caseNumber, type NumberedKind } from './case-number.js';
import type { Decider } from './decider.js';
import type { DomainEvent } from './event.js';

/** What a stored event needs beside its content: the version of its schema. */
export interface StoredFormat {
  readonly type: string;
  readonly schema: number;
}

/**
 * For a stream that many cases have a part in, such as a person's month. What a person decides there stands in the case
 * that raised it and under its policy version; whatever came last in the stream may belong to quite another case.
 */
export interface Matters<C, E> {
  /** Id of what the event puts up for a decision. */
  raisedBy(event: E): string | null;
  /** Id of what the command decides. Null, or one that nothing raised: a matter of its own, outside any case. */
  decidedBy(command: C): string | null;
}

/**
 * A decider with its address. `name` is part of the stream name and therefore a storage format:
 * renaming it would orphan every recorded stream.
 */
export interface Aggregate<C = unknown, S = unknown, E extends DomainEvent = DomainEvent, Policy = unknown> {
  readonly name: string;
  readonly decider: Decider<C, S, E, Policy>;
  readonly formats: Readonly<Record<string, StoredFormat>>;
  /** Set for aggregates that people quote by number. */
  readonly numbered?: NumberedKind;
  /** Name of the policy version that this state was opened under and keeps, null before that; absent for aggregates that keep none. */
  readonly keeps?: (state: S) => string | null;
  readonly matters?: Matters<C, E>;
  /** Short name of where the case stands, for receipts and lists. */
  stage(state: S): string;
}

export function streamOf(aggregate: Pick<Aggregate, 'name'>, id: string): string {
  return `${aggregate.name}-${id}`;
}

/** The number people quote, where the aggregate has one. */
export function numberOf(aggregate: Pick<Aggregate, 'numbered'>, id: string): string | undefined {
  return aggregate.numbered && caseNumber(aggregate.numbered, id);
}

export function idOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

const CASE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(\.\d{1,3})?$/;

/** A UUID, followed by `.<round>` where every round of a case has its own aggregate. */
export function isCaseId(text: string): boolean {
  return CASE_ID.test(text);
}
