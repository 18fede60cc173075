import type { PolicyPack } from '../pack/pack.schema.js';
import type { Validity } from '../check/versions-follow-each-other.js';

/** In force on a day `YYYY-MM-DD`; a date that a file leaves open excludes nothing. */
export function inForceOn(day: string, { validFrom, validTo }: Validity): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}

/** What was asked for, or why there is none: nothing of that name, or other days than the one asked for. */
export type Choice<T> = { readonly chosen: T } | { readonly none: 'unknown' } | { readonly none: 'not-in-force'; readonly versions: readonly T[] };

/** The version in force on the day, the latest of several; without a day the latest there is. Capitals do not matter. */
export function choose<T extends Validity & { readonly id: string; readonly version: number }>(all: readonly T[], id: string, day: string | null): Choice<T> {
  const versions = all.filter((one) => one.id.toLowerCase() === id.toLowerCase()).sort((a, b) => a.version - b.version);
  const chosen = versions.filter((one) => day === null || inForceOn(day, one)).at(-1);
  if (chosen) return { chosen };
  return versions.length === 0 ? { none: 'unknown' } : { none: 'not-in-force', versions };
}

/** Keys that a pattern names: `*` stands for anything; without one, keys that contain it. */
export function keysLike(params: PolicyPack['params'], pattern: string): PolicyPack['params'] {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  const like = new RegExp(pattern.includes('*') ? `^${escaped}$` : escaped, 'i');
  return Object.fromEntries(Object.entries(params).filter(([key]) => like.test(key)));
}
