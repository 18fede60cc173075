import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import { documentOf, textOf, type AdoptionDocument } from '../adoption/document.js';
import { boundEntries, policyOf, settingValue } from '../adoption/policy-of.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import type { PolicySet } from '../policy-set.js';
import { calendarOf } from '../shipped-calendar.js';
import type { ClockTerms } from '../terms.js';
import { nameOf } from '../clocks/starting.js';
import { stepsOfTerms, type StepOfTerms } from '../clocks/steps.js';
import { keyOf } from '../clocks/table.js';
import type { ClockKey } from '../what-is-read.js';

/** A company file that nobody has adopted, ready to be asked. */
export interface Draft {
  readonly document: AdoptionDocument;
  readonly policy: PolicySet;
  /** As rules would read it; null where it is switched off. */
  valueOf(setting: string): unknown;
  /** Whom a clock warns and calls, by the name `<pack>/<key>`, or by the key alone as the first pack has it; none for one that the draft does not have. */
  callsOf(clock: string): readonly StepOfTerms[];
}

/** @param unit department whose working windows count. @throws Error naming a pack that is not there; BadTable when a table is asked that cannot be read */
export function draftOf(company: CompanyPolicy, packs: readonly PolicyPack[], unit?: string): Draft {
  const document = documentOf(company, packs);
  const policy = policyOf(document, textOf(document).name, calendarOf(company, unit));
  return {
    document,
    policy: { ...policy, clocks: withoutCalls(policy) },
    valueOf: (setting) => valueIn(document, setting),
    callsOf: callsIn(policy),
  };
}

/** A pack has a key once, so the name says which terms are meant. */
function callsIn({ clocks }: PolicySet): Draft['callsOf'] {
  const known = new Map<string, readonly StepOfTerms[]>();
  return (clock) => {
    const before = known.get(clock);
    if (before) return before;
    const terms = clocks(keyOf(clock) as ClockKey).find((one) => nameOf(one) === clock || one.key === clock);
    const calls = terms ? stepsOfTerms(terms).filter(({ what }) => what !== 'breach') : [];
    known.set(clock, calls);
    return calls;
  };
}

/** What a setting comes to under a document, or the rows of a table; null where it is switched off. */
export function valueIn(document: AdoptionDocument, setting: string): unknown {
  const [first] = boundEntries(document, setting);
  if (!first || first.entry.kind === 'clock') return null;
  return first.entry.kind === 'table' ? first.entry.value : settingValue(first.entry);
}

/** Reckoning when somebody is warned or called would be most of the work: it is done only for clocks that are not the same as recorded. */
function withoutCalls({ clocks }: PolicySet): PolicySet['clocks'] {
  const bare = new Map<string, readonly ClockTerms[]>();
  return (key) => {
    const terms = bare.get(key) ?? clocks(key).map((one) => ({ ...one, warn: [], escalate: [] }));
    bare.set(key, terms);
    return terms;
  };
}
