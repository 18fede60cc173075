import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PackEntry, PolicyPack } from '../pack/pack.schema.js';
import type { PackFile } from '../pack/read-packs.js';

export interface CompanyFile { readonly file: string; readonly company: CompanyPolicy }

/** What a key is called and which kind of value it has in every pack. */
export interface KeyWords { readonly zh: string; readonly en: string; readonly kind: string }
export type KeyRegister = Readonly<Record<string, KeyWords>>;

/** A row of docs/domain/requirements.yaml, as far as policies are concerned. */
export interface Requirement { readonly id: string; readonly param?: readonly string[] | null }

/** All that a check looks at. */
export interface PolicyFiles {
  readonly packs: readonly PackFile[];
  readonly companies: readonly CompanyFile[];
  readonly keys: { readonly company: KeyRegister; readonly regulation: KeyRegister };
  readonly requirements: readonly Requirement[];
  /** Names of every role that may act. */
  readonly roles: readonly string[];
  /** Series of yearly calendar files, for example `CN`. */
  readonly series: readonly string[];
  /** Year files that services do not read as they stand, for example `calendars/CN/2027.yaml`. */
  readonly idleYears?: readonly string[];
}

/** One entry with the file it stands in; the own values of a company are entries too. */
export interface PlacedEntry {
  readonly file: string;
  readonly pack: string;
  readonly version: number;
  readonly key: string;
  readonly entry: PackEntry;
}

const entriesOf = (file: string, { id, version, params }: Pick<PolicyPack, 'id' | 'version' | 'params'>): PlacedEntry[] =>
  Object.entries(params).map(([key, entry]) => ({ file, pack: id, version, key, entry }));

/** A company with those of its packs that there are, in the order of precedence. */
export interface Adopting extends CompanyFile { readonly packs: readonly PackFile[] }

export const adopting = ({ companies, packs }: Pick<PolicyFiles, 'companies' | 'packs'>): Adopting[] => companies.map((one) => ({
  ...one, packs: one.company.precedence.flatMap(({ pack, version }) => packs.filter((file) => file.pack.id === pack && file.pack.version === version)),
}));

export const packEntries = ({ packs }: Pick<PolicyFiles, 'packs'>): PlacedEntry[] => packs.flatMap(({ file, pack }) => entriesOf(file, pack));

export const ownEntries = ({ companies }: Pick<PolicyFiles, 'companies'>): PlacedEntry[] =>
  companies.flatMap(({ file, company: { id, version, own } }) => entriesOf(file, { id, version, params: own }));

/** True when it says something: a value, or that there is no limit. */
export const isBound = ({ kind, value, source }: PackEntry): boolean => value !== null || (kind === 'unlimited' && source !== 'unset');
