import type { ClockEntry, PackEntry, PolicyPack, TableEntry } from '../pack/pack.schema.js';
import type { AdoptionName, PolicySet } from '../policy-set.js';
import { compileTable, type DecisionTable } from '../tables/decision-table.js';
import type { ClockTerms, TableInputs, TableOutcome, WorkCalendar } from '../terms.js';
import { SETTINGS_READ, type SettingKey } from '../what-is-read.js';
import type { CompanyPolicy } from './adoption.schema.js';
import type { AdoptionDocument } from './document.js';

/** One bound entry and where it stands. */
export interface Bound<E extends PackEntry = PackEntry> {
  readonly pack: string;
  readonly version: string;
  readonly key: string;
  readonly entry: E;
}

type Source = Pick<PolicyPack, 'id' | 'params'> & { readonly version: number };

/** The company's own values first, then the packs in the order of precedence. */
function sourcesOf({ company, packs }: AdoptionDocument): readonly Source[] {
  return [{ id: company.id, version: company.version, params: company.own }, ...packs];
}

const isOff = (company: CompanyPolicy, pack: string, key: string): boolean =>
  company.off.some((off) => off.key === key || off.key === `${pack}/${key}`);

/** All bound entries of a key that are not switched off, in the order of precedence. */
export function boundEntries(document: AdoptionDocument, key: string): readonly Bound[] {
  return sourcesOf(document).flatMap(({ id, version, params }) => {
    const entry = params[key];
    const isBound = entry !== undefined && (entry.value !== null || entry.kind === 'unlimited') && !isOff(document.company, id, key);
    return isBound ? [{ pack: id, version: String(version), key, entry }] : [];
  });
}

/** What a setting comes to when rules read it: amounts become integer minor units. Throws for kinds that are no setting. */
export function settingValue(entry: PackEntry): unknown {
  switch (entry.kind) {
    case 'amount': return entry.value === null ? null : minorUnits(entry.value);
    case 'range': return entry.value === null ? null : { from: minorUnits(entry.value.from), to: minorUnits(entry.value.to) };
    case 'clock': case 'table': throw new Error(`a ${entry.kind} is no setting`);
    default: return entry.value;
  }
}

/** `5000.00` yuan is 500000. The schema of a pack lets no other form through. */
export function minorUnits(yuan: string): number {
  return Number(yuan.replace('.', ''));
}

/** A requirement by its id, a regulation by its clause. */
function ruleOf({ pack, entry }: Bound): string {
  return entry.rows[0] ?? `${pack} ${entry.clause}`;
}

export function clockTermsOf({ pack, version, key, entry }: Bound<ClockEntry>): ClockTerms {
  if (entry.value === null) throw new Error(`${pack}/${key} is unset`);
  return {
    pack, version, key, clause: entry.clause, rule: ruleOf({ pack, version, key, entry }),
    span: { value: entry.value, unit: entry.unit, calendar: entry.calendar, ...(entry.at !== undefined && { at: entry.at }) },
    nature: entry.nature, when: entry.when ?? {}, pausable: entry.pausable, warn: entry.warn, escalate: entry.escalate,
    consequence: entry.consequence ?? null,
  };
}

const isClock = (bound: Bound): bound is Bound<ClockEntry> => bound.entry.kind === 'clock';
const isTable = (bound: Bound): bound is Bound<TableEntry> => bound.entry.kind === 'table';

/** Remembers the answer for each key; a policy never changes. */
function once<K, V>(answer: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as V;
    const value = answer(key);
    known.set(key, value);
    return value;
  };
}

/** The first pack that binds a table decides, with what the company settled about its open rows. @throws BadTable */
function tableOf(document: AdoptionDocument, key: string): DecisionTable | undefined {
  const bound = boundEntries(document, key).find(isTable);
  const settled = document.company.settle.filter(({ table }) => table === key);
  return bound && compileTable(bound.entry, { pack: bound.pack, version: bound.version, key, settled });
}

/** A table that no adopted pack has decides nothing, and says so in the trace of the person who decides instead. */
function notAdopted({ company }: AdoptionDocument, key: string, inputs: TableInputs): TableOutcome {
  const asked = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value ?? null]));
  const trace = { id: company.id, version: String(company.version), rule: key, inputs: asked, outcome: 'undetermined: not-adopted' };
  return { determined: false, why: 'not-adopted', trace };
}

/** @param adoption the name of exactly this document */
export function policyOf(document: AdoptionDocument, adoption: AdoptionName, calendar: WorkCalendar): PolicySet {
  const clocks = once((key: string) => boundEntries(document, key).filter(isClock).map(clockTermsOf));
  const setting = once((key: SettingKey) => {
    const [first] = boundEntries(document, key);
    if (!first) return null;
    const value = settingValue(first.entry);
    if (!SETTINGS_READ[key].holds(value)) throw new Error(`${first.pack}/${key} must be ${SETTINGS_READ[key].says.en} 须为${SETTINGS_READ[key].says.zh}`);
    return value;
  });
  const table = once((key: string) => tableOf(document, key));
  return {
    adoption, calendar,
    clocks: (key) => clocks(key),
    setting: (key) => setting(key) as never,
    cite: (key) => {
      const [first] = boundEntries(document, key);
      if (!first) return { id: document.company.id, version: String(document.company.version), rule: key };
      return { id: first.pack, version: first.version, rule: ruleOf(first) };
    },
    decide: (key, inputs) => table(key)?.decide(inputs) ?? notAdopted(document, key, inputs),
  };
}
