import type { Aggregate, Recorded } from 'aftercare/kernel';

/** A stream holds an event that its aggregate does not know: a decision on the rest would be one on half a case. */
export class UnknownInStream extends Error {
  override readonly name = 'UnknownInStream';
}

/** @throws UnknownInStream */
export function requireKnown(aggregate: Pick<Aggregate, 'name' | 'formats'>, { log, index, type }: Pick<Recorded, 'log' | 'index' | 'type'>): void {
  if (type in aggregate.formats) return;
  throw new UnknownInStream(`${log} event ${index} is ${type}, which ${aggregate.name} of this program does not know: it must be updated first`);
}
