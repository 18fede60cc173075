import { emptyPolicyBook, policySet, textOf, type CompanyPolicy, type PackEntry, type PolicySet } from 'aftercare/policy';
import { NOW } from 'aftercare/testing';

const sourced: { clause: string; rows: string[]; source: 'stated' } = { clause: 'spec', rows: ['P001A-04'], source: 'stated' };

/** The policy of a company that has these values and no pack beside them. */
export function companyPolicy(own: Readonly<Record<string, PackEntry>>): PolicySet {
  const company: CompanyPolicy = {
    id: 'company', version: 1, title: { zh: '公司', en: 'Company' }, validFrom: '2020-01-01', validTo: null, zone: 'Asia/Shanghai', calendar: 'CN',
    calendarOwner: 'registry.clerk', windows: { default: [{ weekdays: [1], from: '08:30', to: '18:00' }] }, precedence: [], own, off: [], settle: [],
  };
  const { text, name } = textOf({ format: 1, company, packs: [] });
  const book = emptyPolicyBook();
  book.add({ ...name, effectiveFrom: NOW, document: text });
  return book.inForce(NOW) ?? policySet();
}

type Row = readonly [id: string, conditions: Readonly<Record<string, string>>, signers: readonly string[] | null, order: string];

/** Conditions on `kind`, `amount` and `cost`; no signers: an open row. */
export const matrix = (...rows: readonly Row[]): Record<string, PackEntry> => ({
  'approval.authority_matrix': {
    kind: 'table', hit: 'unique', inputs: { kind: 'word', amount: 'money', cost: 'money' }, outputs: { signers: 'roles', order: 'word' },
    value: rows.map(([id, conditions, signers, order]) => ({ id, if: conditions, then: signers && { signers: [...signers], order } })), ...sourced,
  },
});

/** P001C with one band for every price. */
export const priceBand: Record<string, PackEntry> = {
  'billing.price_approval.bands': {
    kind: 'table', hit: 'unique', inputs: { price: 'money' }, outputs: { approver: 'word' },
    value: [{ id: 'any', if: {}, then: { approver: 'billing.sales-vice-president' } }], ...sourced,
  },
};

/** Minor units by role. */
export const monthlyLimit = (value: Record<string, number>): Record<string, PackEntry> => ({
  'approval.limit_per_person_month': { kind: 'mapping', unit: 'fen', value, ...sourced },
});

export const expiresAfter = (days: number): Record<string, PackEntry> => ({
  'approval.expiry': {
    kind: 'clock', value: days, unit: 'day', calendar: 'wall-clock', calendarStated: false, nature: 'service', from: { zh: '提交审批', en: 'asked' }, to: { zh: '作出决定', en: 'decided' }, pausable: false,
    warn: [], escalate: [], ...sourced,
  },
});
