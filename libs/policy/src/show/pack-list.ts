import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PackEntry, PolicyPack } from '../pack/pack.schema.js';

/** One file in a list of policies. `adoption`: a company file, counted by its own values. */
export interface PolicyListed {
  readonly id: string;
  readonly version: number;
  readonly kind: 'company' | 'regulation' | 'adoption';
  readonly title_zh: string;
  readonly title_en: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly supersedes: string | null;
  readonly confirmed: boolean;
  readonly clocks: number;
  readonly cadences: number;
  readonly settings: number;
  readonly tables: number;
  /** Entries without a value, and of tables the rows that are open. */
  readonly unset: number;
}

export function listed(packs: readonly PolicyPack[], companies: readonly CompanyPolicy[]): readonly PolicyListed[] {
  return [
    ...companies.map((company) => ({ ...row({ ...company, supersedes: undefined, params: company.own }), kind: 'adoption' as const, confirmed: true })),
    ...packs.map((pack) => ({ ...row(pack), kind: pack.kind, confirmed: pack.confirmed })),
  ];
}

type Counted = Pick<PolicyPack, 'id' | 'version' | 'title' | 'validFrom' | 'validTo' | 'supersedes' | 'params'>;

function row({ id, version, title, validFrom, validTo, supersedes, params }: Counted): Omit<PolicyListed, 'kind' | 'confirmed'> {
  const entries = Object.values(params);
  const [clocks = 0, cadences = 0, tables = 0] = (['clock', 'cadence', 'table'] as const).map((kind) => entries.filter((entry) => entry.kind === kind).length);
  return {
    id, version, title_zh: title.zh, title_en: title.en, validFrom, validTo, supersedes: supersedes ?? null,
    clocks, cadences, settings: entries.length - clocks - cadences - tables, tables, unset: entries.reduce((sum, entry) => sum + openIn(entry), 0),
  };
}

function openIn(entry: PackEntry): number {
  if (entry.source === 'unset') return 1;
  return entry.kind === 'table' ? (entry.value ?? []).filter(({ then }) => then === null).length : 0;
}
