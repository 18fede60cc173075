import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import { documentOf, textOf, type AdoptionDocument } from '../adoption/document.js';
import { boundEntries, policyOf, settingValue } from '../adoption/policy-of.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import type { PolicySet } from '../policy-set.js';
import { calendarOf } from '../shipped-calendar.js';
import type { ClockTerms } from '../terms.js';

/** A company file that nobody has adopted, ready to be asked. */
export interface Draft {
  readonly document: AdoptionDocument;
  readonly policy: PolicySet;
  /** As rules would read it; null where it is switched off. */
  valueOf(setting: string): unknown;
}

/** @param unit department whose working windows count. @throws Error naming a pack that is not there; BadTable when a table is asked that cannot be read */
export function draftOf(company: CompanyPolicy, packs: readonly PolicyPack[], unit?: string): Draft {
  const document = documentOf(company, packs);
  const policy = policyOf(document, textOf(document).name, calendarOf(company, unit));
  return {
    document,
    policy: { ...policy, clocks: withoutCalls(policy) },
    valueOf: (setting) => valueIn(document, setting),
  };
}

/** What a setting comes to under a document; null where it is switched off. */
export function valueIn(document: AdoptionDocument, setting: string): unknown {
  const [first] = boundEntries(document, setting);
  return first && first.entry.kind !== 'clock' && first.entry.kind !== 'table' ? settingValue(first.entry) : null;
}

/** Nobody is warned or called by a simulation, and reckoning when would be most of its work. */
function withoutCalls({ clocks }: PolicySet): PolicySet['clocks'] {
  const bare = new Map<string, readonly ClockTerms[]>();
  return (key) => {
    const terms = bare.get(key) ?? clocks(key).map((one) => ({ ...one, warn: [], escalate: [] }));
    bare.set(key, terms);
    return terms;
  };
}
