import type { RuleTrace } from 'aftercare/kernel';
import type { AdoptionDocument } from '../adoption/document.js';
import { SETTINGS_READ } from '../what-is-read.js';
import { valueIn } from './draft.js';
import type { PackEntry } from '../pack/pack.schema.js';

/** What a recorded trace is about: a table, or settings with the values they had then. */
export type Asked =
  /** `silent`: the table named no row, or one that the company had left open; another outcome is a person's. */
  | { readonly what: 'table'; readonly key: string; readonly silent: boolean }
  | { readonly what: 'settings'; readonly cited: string; readonly values: readonly { readonly key: string; readonly value: unknown }[] }
  | { readonly what: 'unknown' };

interface Source { readonly id: string; readonly version: number; readonly params: Readonly<Record<string, PackEntry>> }

/** Every adoption that a department has noted, to tell which table or setting a recorded decision had asked. */
export class RecordedPolicies {
  private readonly sources = new Map<string, Source>();
  private readonly companies = new Map<string, AdoptionDocument['company']>();
  private readonly known = new Map<string, Asked>();

  constructor(private readonly documents: readonly AdoptionDocument[]) {
    for (const { company, packs } of documents) {
      this.companies.set(`${company.id}@${company.version}`, company);
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
    const isCompany = this.companies.has(name);
    // What no pack had was asked under its own key.
    if (isCompany && outcome === 'undetermined: not-adopted') return { what: 'table', key: rule, silent: true };
    const entries = Object.entries(this.sources.get(name)?.params ?? {});
    const tables = entries.filter(([, entry]) => isTableAsked(entry, rule, Object.keys(inputs)));
    const [table] = tables;
    if (table && tables.length === 1) return { what: 'table', key: table[0], silent: this.isSilent(table[0], table[1], rule) };
    const [setting] = entries.find(([, entry]) => entry.kind !== 'table' && entry.kind !== 'clock' && ruleOf(id, entry) === rule) ?? [];
    if (setting !== undefined) return { what: 'settings', cited: setting, values: this.valuesBeside(setting, name) };
    // Switched off: the trace names the company and the key.
    if (isCompany && rule.includes('.')) return { what: 'settings', cited: rule, values: this.valuesBeside(rule, name) };
    // Nothing was asked, because a fact was missing before anything could be.
    return isCompany && rule === 'undetermined' ? { what: 'settings', cited: rule, values: [] } : { what: 'unknown' };
  }

  /** A rule cites one setting and may have read others of the same family: unless all are the same, nobody can say what it would answer. */
  private valuesBeside(cited: string, source: string): { key: string; value: unknown }[] {
    const [family] = cited.split('.');
    const keys = Object.keys(SETTINGS_READ).filter((key) => key.split('.')[0] === family);
    const documents = this.documents.filter(({ company, packs }) => [company, ...packs].some(({ id, version }) => `${id}@${version}` === source));
    return [...new Set([cited, ...keys])].flatMap((key) => documents.map((document) => ({ key, value: valueIn(document, key) })));
  }

  private isSilent(key: string, entry: PackEntry, rule: string): boolean {
    if (rule === 'undetermined') return true;
    const isOpen = entry.kind === 'table' && entry.value?.find((row) => row.id === rule)?.then === null;
    return isOpen && ![...this.companies.values()].every(({ settle }) => settle.some((one) => one.table === key && one.row === rule && one.then !== null));
  }
}

/** Beside the columns of the table it says that a person named the answer. */
export const APPOINTED = 'appointed';

/** Beside the columns: what one of them was computed from, `from.bought`. No column has a dot in its name. */
const isBeside = (input: string): boolean => input === APPOINTED || input.startsWith('from.');

/** The columns have to be the same too: a requirement's id may be a row of a table and the source of a setting. */
function isTableAsked(entry: PackEntry, rule: string, inputs: readonly string[]): boolean {
  if (entry.kind !== 'table') return false;
  const columns = Object.keys(entry.inputs);
  const asked = inputs.filter((input) => !isBeside(input));
  const hasRow = rule === 'undetermined' || (entry.value ?? []).some((row) => row.id === rule);
  return hasRow && columns.length === asked.length && columns.every((column) => asked.includes(column));
}

const ruleOf = (pack: string, entry: PackEntry): string => entry.rows[0] ?? `${pack} ${entry.clause}`;
