import type { Operation } from './history.js';

/** An event as the checkers look at it. */
export interface LogEntry {
  readonly log: string;
  readonly index: number;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  /** Client operation that recorded it; null for what nobody asked for directly, such as a reaction's event. */
  readonly operation: string | null;
  /** Id of the event that caused it; null for the beginning of a chain. */
  readonly cause: string | null;
}

export type Rule =
  | 'answers-contradict' | 'acknowledged-lost' | 'refused-present' | 'doubled' | 'torn' | 'nobodys' | 'order-reversed'
  | 'index-not-dense' | 'version-not-dense' | 'id-twice'
  | 'acknowledged-after-error'
  | 'acked-too-early' | 'worked-on-again' | 'quarantined' | 'copy-differs' | 'model-differs' | 'not-converged'
  | 'effects-reversed' | 'effect-missing' | 'effect-doubled' | 'effect-without-cause';

export interface Violation {
  readonly rule: Rule;
  /** Names the operation, index, stream or cause; no content. */
  readonly what: string;
}

/** `Map.groupBy` of newer platforms. */
function groupedBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

const broken = (rule: Rule, what: string): Violation => ({ rule, what });

/**
 * What a log has to be after the faults: an operation that was acknowledged is in it once and whole, a refused one is
 * not, an unknown one may be either; and who was answered before another one asked stands before it.
 */
export function historyViolations(operations: readonly Operation[], log: readonly LogEntry[]): Violation[] {
  const found = groupedBy(log.filter(({ operation }) => operation !== null), ({ operation }) => operation as string);
  const asked = new Set(operations.map(({ id }) => id));
  return [
    ...operations.flatMap(({ id, contradicted }) => (contradicted === undefined ? [] : [broken('answers-contradict', `${id}: ${contradicted}`)])),
    ...operations.flatMap((operation) => violationsOf(operation, found.get(operation.id) ?? [])),
    ...[...found.keys()].filter((id) => !asked.has(id)).map((id) => broken('nobodys', id)),
    ...reversed(operations, found),
  ];
}

function violationsOf({ id, ending, events }: Operation, entries: readonly LogEntry[]): Violation[] {
  if (ending === 'fail') return entries.length > 0 ? [broken('refused-present', id)] : [];
  if (entries.length === 0) return ending === 'ok' && events > 0 ? [broken('acknowledged-lost', id)] : [];
  if (entries.length > events) return [broken('doubled', `${id}: ${entries.length} of ${events} events`)];
  const first = Math.min(...entries.map(({ index }) => index));
  const isWhole = entries.length === events && entries.every(({ index }) => index < first + events);
  return isWhole ? [] : [broken('torn', `${id}: ${entries.length} of ${events} events, or not side by side`)];
}

/** In log order nobody may follow one who began only after he himself had his answer. */
function reversed(operations: readonly Operation[], found: ReadonlyMap<string, readonly LogEntry[]>): Violation[] {
  const answered = operations.filter(({ ending, id }) => ending === 'ok' && found.has(id))
    .map((operation) => ({ ...operation, index: Math.min(...(found.get(operation.id) as LogEntry[]).map(({ index }) => index)) }))
    .sort((a, b) => a.index - b.index);
  let latest = { began: -1, id: '' };
  return answered.flatMap(({ id, began, ended }) => {
    const wrong = ended < latest.began ? [broken('order-reversed', `${id} was answered before ${latest.id} began and stands behind it`)] : [];
    if (began > latest.began) latest = { began, id };
    return wrong;
  });
}

/** Indexes 0, 1, 2, … in the log as it was read, versions 0, 1, 2, … in every stream, no event id twice. */
export function logViolations(log: readonly LogEntry[]): Violation[] {
  const versions = new Map<string, number>();
  const ids = new Set<string>();
  return log.flatMap((entry, place) => {
    const version = versions.get(entry.stream) ?? 0;
    versions.set(entry.stream, entry.version + 1);
    const known = ids.has(entry.id);
    ids.add(entry.id);
    return [
      ...(entry.index === place ? [] : [broken('index-not-dense', `${entry.log}: ${entry.index} at place ${place}`)]),
      ...(entry.version === version ? [] : [broken('version-not-dense', `${entry.stream}: ${entry.version} instead of ${version}`)]),
      ...(known ? [broken('id-twice', entry.id)] : []),
    ];
  });
}

/** One step of a chain over departments: every cause has its effect exactly once. */
export interface EffectRule {
  readonly name: string;
  readonly cause: (entry: LogEntry) => boolean;
  readonly effect: (entry: LogEntry) => boolean;
}

/** Effects of one case stand in the order of their causes, where all causes come from one log. */
export function reversedEffects({ name, cause, effect }: EffectRule, logs: readonly LogEntry[], caseOf: (entry: LogEntry) => string): Violation[] {
  const causes = new Map(logs.filter(cause).map((entry) => [entry.id, entry]));
  const last = new Map<string, number>();
  return logs.filter(effect).toSorted((a, b) => a.index - b.index).flatMap((entry) => {
    const from = causes.get(entry.cause ?? '');
    if (!from) return [];
    const before = last.get(caseOf(from)) ?? -1;
    last.set(caseOf(from), Math.max(before, from.index));
    return from.index < before ? [broken('effects-reversed', `${name}: of index ${from.index} after that of ${before}`)] : [];
  });
}

/** @param logs all events of all departments, in any order */
export function effectViolations({ name, cause, effect }: EffectRule, logs: readonly LogEntry[]): Violation[] {
  const causes = new Set(logs.filter(cause).map(({ id }) => id));
  const effects = groupedBy(logs.filter(effect), (entry) => entry.cause ?? '');
  return [
    ...[...causes].filter((id) => !effects.has(id)).map((id) => broken('effect-missing', `${name}: of ${id}`)),
    ...[...effects].filter(([id, all]) => causes.has(id) && all.length > 1).map(([id, all]) => broken('effect-doubled', `${name}: ${all.length} of ${id}`)),
    ...[...effects.keys()].filter((id) => !causes.has(id)).map((id) => broken('effect-without-cause', `${name}: of ${id || 'nothing'}`)),
  ];
}
