import type { RuleTrace } from 'aftercare/kernel';
import type { AdoptionDocument } from '../adoption/document.js';
import { settingValue } from '../adoption/policy-of.js';
import type { PackEntry } from '../pack/pack.schema.js';

/** What a recorded trace is about. A setting may stand under several keys of one rule, with the value it had then. */
export type Asked =
  | { readonly what: 'table'; readonly key: string }
  | { readonly what: 'settings'; readonly values: readonly { readonly key: string; readonly value: unknown }[] }
  | { readonly what: 'unknown' };

interface Source { readonly id: string; readonly version: number; readonly params: Readonly<Record<string, PackEntry>> }

/** Every adoption that a department has noted, to tell which table or setting a recorded decision had asked. */
export class RecordedPolicies {
  private readonly sources = new Map<string, Source>();
  private readonly companies = new Set<string>();
  private readonly known = new Map<string, Asked>();

  constructor(documents: readonly AdoptionDocument[]) {
    for (const { company, packs } of documents) {
      this.companies.add(`${company.id}@${company.version}`);
      for (const { id, version, params } of [...packs, { ...company, params: company.own }]) this.sources.set(`${id}@${version}`, { id, version, params });
    }
  }

  askedBy(trace: RuleTrace): Asked {
    const { id, version, rule, inputs } = trace;
    const name = `${id}@${version} ${rule} ${Object.keys(inputs).sort().join(' ')}`;
    const before = this.known.get(name);
    if (before) return before;
    const asked = this.lookUp(trace);
    this.known.set(name, asked);
    return asked;
  }

  private lookUp({ id, version, rule, inputs, outcome }: RuleTrace): Asked {
    const name = `${id}@${version}`;
    // What no pack had was asked under its own key.
    if (this.companies.has(name) && outcome === 'undetermined: not-adopted') return { what: 'table', key: rule };
    const entries = Object.entries(this.sources.get(name)?.params ?? {});
    const tables = entries.filter(([, entry]) => isTableAsked(entry, rule, Object.keys(inputs)));
    const [table] = tables;
    if (table && tables.length === 1) return { what: 'table', key: table[0] };
    const values = entries.flatMap(([key, entry]) => (entry.kind !== 'table' && entry.kind !== 'clock' && ruleOf(id, entry) === rule ? [{ key, value: settingValue(entry) }] : []));
    if (values.length > 0) return { what: 'settings', values };
    // Switched off: the trace names the company and the key.
    return this.companies.has(name) && rule.includes('.') ? { what: 'settings', values: [{ key: rule, value: null }] } : { what: 'unknown' };
  }
}

/** Beside the columns of the table it says that a person named the answer. */
export const APPOINTED = 'appointed';

/** The columns have to be the same too: a requirement's id may be a row of a table and the source of a setting. */
function isTableAsked(entry: PackEntry, rule: string, inputs: readonly string[]): boolean {
  if (entry.kind !== 'table') return false;
  const columns = Object.keys(entry.inputs);
  const asked = inputs.filter((input) => input !== APPOINTED);
  const hasRow = rule === 'undetermined' || (entry.value ?? []).some((row) => row.id === rule);
  return hasRow && columns.length === asked.length && columns.every((column) => asked.includes(column));
}

const ruleOf = (pack: string, entry: PackEntry): string => entry.rows[0] ?? `${pack} ${entry.clause}`;
