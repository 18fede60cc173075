import type { Recorded } from './event.js';

/** Brings the content of one released version of an event to the next one. Pure, and never edited once released. */
export interface Upcaster {
  /** Department whose log holds the event. */
  readonly log: string;
  readonly type: string;
  /** Version that is read; the result is of version `from + 1`. */
  readonly from: number;
  /** Content of the next version. What the old record did not say must not be invented: it is null. */
  data(event: Recorded): object;
}

/** Newest version of every event type that this program knows, by log and type. */
export type KnownVersions = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The recorded event in its newest version. The stored bytes stay what they were. @throws UnreadableVersion */
export type Upcast = (event: Recorded) => Recorded;

/**
 * A record of a known type in a version that this program cannot bring to the one it works with: written by a newer
 * program, or so old that its step is missing. To read the members that happen to have known names would be to guess.
 */
export class UnreadableVersion extends Error {
  override readonly name = 'UnreadableVersion';

  /** `recorded` is as it was stored: the envelope can be relied on, the content cannot. */
  constructor(readonly recorded: Recorded, why: string, options?: ErrorOptions) {
    const { log, index, type, schema } = recorded;
    super(`${log} event ${index} is ${type} version ${String(schema)}: ${why}`, options);
  }
}

function whyNot(found: unknown, known: number): string {
  if (!Number.isSafeInteger(found) || (found as number) < 1) return 'that is no version';
  return (found as number) > known ? `this program knows up to ${known}, so it must be updated first` : `no upcaster leads from there to ${known}`;
}

interface KnownType {
  readonly newest: number;
  /** By the version that is read; a place without a step is a version that nobody can read any more. */
  readonly steps: (Upcaster | undefined)[];
}

/**
 * Types that `known` does not name pass unchanged: who listens to a type has it in his contracts, so nobody here does.
 * @throws Error for two upcasters of one step, because which of them read the past would depend on their order, and for
 * one that no event can ever need.
 */
export function upcasting(upcasters: readonly Upcaster[], known: KnownVersions): Upcast {
  const logs = new Map(Object.entries(known).map(([log, types]) => [log, typesOf(types)]));
  for (const upcaster of upcasters) {
    const step = `${upcaster.log}.${upcaster.type} v${upcaster.from}`;
    const type = logs.get(upcaster.log)?.get(upcaster.type);
    if (!type || upcaster.from < 1 || upcaster.from >= type.newest) throw new Error(`the upcaster for ${step} leads to no known version`);
    if (type.steps[upcaster.from]) throw new Error(`two upcasters for ${step}`);
    type.steps[upcaster.from] = upcaster;
  }
  return (event) => {
    const type = logs.get(event.log)?.get(event.type);
    // Nearly every record takes this way out; it costs two look-ups and builds nothing.
    return type === undefined || event.schema === type.newest ? event : climb(event, type);
  };
}

function typesOf(types: Readonly<Record<string, number>>): Map<string, KnownType> {
  return new Map(Object.entries(types).map(([type, newest]) => [type, { newest, steps: [] }]));
}

function contentFrom(step: Upcaster, current: Recorded, event: Recorded): object {
  try {
    return step.data(current);
  } catch (cause) {
    throw new UnreadableVersion(event, `its content is not that of version ${step.from}`, { cause });
  }
}

function climb(event: Recorded, { newest, steps }: KnownType): Recorded {
  let current = event;
  while (current.schema !== newest) {
    const step = current.schema < newest ? steps[current.schema] : undefined;
    if (!step) throw new UnreadableVersion(event, whyNot(event.schema, newest));
    current = { ...current, data: contentFrom(step, current, event), schema: current.schema + 1 };
  }
  return current;
}
