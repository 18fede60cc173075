import { isDeepStrictEqual } from 'node:util';
import { asStored } from 'aftercare/kernel';
import type { AdoptionDocument } from '../adoption/document.js';
import { boundEntries } from '../adoption/policy-of.js';
import { CLOCKS_READ, SETTINGS_READ, TABLES_READ } from '../what-is-read.js';
import { valueIn } from './draft.js';

/**
 * Keys for which the draft says something else than one of these adoptions: bound, changed or unbound. Another pack that
 * says the same is no change. Where no record answers one of them, a simulation cannot tell what it would do.
 */
export function changedKeys(adopted: readonly AdoptionDocument[], draft: AdoptionDocument): readonly string[] {
  const keys = [
    ...differing(Object.keys(SETTINGS_READ), valueIn), ...differing(TABLES_READ, tableIn), ...differing(CLOCKS_READ, clocksIn),
  ];
  return [...new Set(keys)].sort();

  function differing(names: readonly string[], say: (document: AdoptionDocument, key: string) => unknown): readonly string[] {
    return names.filter((key) => adopted.some((one) => !isDeepStrictEqual(say(one, key), say(draft, key))));
  }
}

/** Keys that the company file binds and switches off in one: what it binds never takes effect, and whoever wrote it may not know. */
export function boundInVain({ company }: AdoptionDocument): readonly string[] {
  return Object.keys(company.own).filter((key) => company.off.some((off) => off.key === key || off.key === `${company.id}/${key}`)).sort();
}

function tableIn(document: AdoptionDocument, key: string): unknown {
  const [first] = boundEntries(document, key);
  if (first?.entry.kind !== 'table') return null;
  const { hit, inputs, outputs, value } = first.entry;
  const settled = document.company.settle.filter(({ table }) => table === key).map(({ row, then }) => ({ row, then }));
  return { hit, inputs, outputs, value, settled };
}

/** What sets a due time, and whom a clock warns and calls on the way. */
function clocksIn(document: AdoptionDocument, key: string): unknown {
  return boundEntries(document, key).flatMap(({ entry }) => {
    if (entry.kind !== 'clock') return [];
    const { value, unit, calendar, at = null, when = {}, pausable, warn, escalate } = entry;
    // The order of members is no difference: an adopted document has its own.
    return [JSON.stringify(asStored({ value, unit, calendar, at, when, pausable, warn, escalate }))];
  }).sort();
}
