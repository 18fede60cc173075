import type { CompanyPolicy } from '../../adoption/adoption.schema.js';
import type { ClockEntry, EntryOf, PackEntry, PolicyPack, TableEntry } from '../../pack/pack.schema.js';
import { checkPolicies } from '../check-policies.js';
import type { Finding } from '../finding.js';
import { KEYS_READ } from '../keys-are-asked-for.js';
import type { KeyRegister, PolicyFiles } from '../policy-files.js';

export const sourced: Pick<PackEntry, 'clause' | 'rows' | 'source'> = { clause: '一', rows: ['P-01'], source: 'stated' };
export const count = (value: number | null = 3, over: Partial<EntryOf<'number'>> = {}): PackEntry => ({ kind: 'number', value, unit: 'rounds', ...sourced, ...over });
export const clock = (over: Partial<ClockEntry> = {}): PackEntry => ({
  kind: 'clock', value: 24, unit: 'hour', calendar: 'wall-clock', calendarStated: true, nature: 'service', from: { zh: '收到', en: 'receipt' }, to: { zh: '答复', en: 'answer' }, pausable: true, warn: [100],
  escalate: [{ percent: 100, to: ['intake.head'] }], ...sourced, ...over,
});
export const table = (value: TableEntry['value'], over: Partial<TableEntry> = {}): PackEntry => ({ kind: 'table', hit: 'unique', inputs: { fee: 'money' }, outputs: { approver: 'word' }, value, ...sourced, ...over });
/** A table of which one row decides by one word. */
export const eligibility = (input: string, condition: string, decision: string) => table([{ id: 'a', if: { [input]: condition }, then: { decision } }], { inputs: { [input]: 'word' }, outputs: { decision: 'word' } });
export const by = (id: string, fee: string, approver: string | null = id) => ({ id, if: { fee }, then: approver === null ? null : { approver } });

export const words = (kind: string) => ({ zh: '名', en: 'name', kind });
export const packOf = (params: PolicyPack['params'], over: Partial<PolicyPack> = {}): PolicyPack => ({
  id: 'P', version: 1, kind: 'company', title: { zh: '制', en: 'policy' }, origin: { zh: '制', en: 'policy' }, validFrom: null, validTo: null, confirmed: true, params, ...over,
});
export const companyOf = (over: Partial<CompanyPolicy> = {}): CompanyPolicy => ({
  id: 'ours', version: 1, title: { zh: '司', en: 'company' }, validFrom: '2026-01-01', validTo: null, zone: 'Asia/Shanghai', calendar: 'CN', calendarOwner: 'registry.clerk',
  windows: { default: [{ weekdays: [1], from: '09:00', to: '17:00' }] }, precedence: [{ pack: 'P', version: 1 }], own: {},
  off: KEYS_READ.map((key) => ({ key, why: 'the program of this test reads nothing' })), settle: [], ...over,
});
export const KNOWN = { roles: ['intake.head', 'registry.clerk'] };
export const offBeside = (...keys: string[]) => [...companyOf().off, ...keys.map((key) => ({ key, why: 'ours' }))];

/** Files in which nothing is wrong but that the program reads keys that no pack has: these findings are left out. */
export function filesOf(packs: readonly PolicyPack[], { companies = [], ...over }: Partial<Omit<PolicyFiles, 'companies' | 'packs'>> & { companies?: readonly CompanyPolicy[] } = {}): PolicyFiles {
  const company: KeyRegister = Object.fromEntries(packs.flatMap(({ params }) => Object.entries(params).map(([key, { kind }]) => [key, words(kind)] as const)));
  return {
    packs: packs.map((pack) => ({ file: `${pack.id}@${pack.version}.yaml`, pack })), companies: companies.map((one) => ({ file: `${one.id}@${one.version}.yaml`, company: one })),
    keys: { company, regulation: {} }, requirements: [{ id: 'P-01', param: [...new Set(packs.flatMap(({ params }) => Object.keys(params)))] }], roles: ['intake.head', 'registry.clerk'], series: ['CN'], ...over,
  };
}
export const findingsOf = (files: PolicyFiles): Finding[] => checkPolicies(files).findings.filter(({ code, key }) => code !== 'unbound-key' || !KEYS_READ.includes(key ?? ''));
export const sound = packOf({ 'return.rounds': count(), 'return.answer': clock(), 'return.bands': table([by('low', '< 1000.00'), by('high', '>= 1000.00')]) });
export const broken = (params: PolicyPack['params'], over: Parameters<typeof filesOf>[1] = {}) => filesOf([packOf(params)], over);
export const adopting = (over: Partial<CompanyPolicy>, packs: readonly PolicyPack[] = [sound]) => filesOf(packs, { companies: [companyOf(over)] });
