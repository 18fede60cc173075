import { draftOf } from './draft.js';
import { RecordedPolicies } from './recorded-policies.js';
import { shipped } from './testing/letters.js';

const GAP = { table: 'billing.waiver.bands', row: 'P001C-29-gap', why: 'ours', then: { approver: 'billing.sales-vice-president' } };
const settling = (version: number) => ({ ...shipped, company: { ...shipped.company, version, settle: [GAP] } });
const gap = draftOf(shipped.company, shipped.packs).policy.decide('billing.waiver.bands', { price: 600_000, cost: 100_000 }).trace;
const matrix = {
  kind: 'table', hit: 'unique', inputs: { kind: 'word', amount: 'money' }, outputs: { signers: 'roles' }, value: [{ id: 'all', if: {}, then: { signers: ['billing.finance'] } }], clause: '1', rows: [], source: 'stated',
} as const;

describe('which table a recorded trace had asked', () => {
  it('an open row is a person\'s as long as one of the adoptions left it open: no trace says which of them it was', () => {
    expect(new RecordedPolicies([shipped, settling(2)]).askedBy(gap)).toEqual({ what: 'table', key: GAP.table, silent: true });
    expect(new RecordedPolicies([settling(1), settling(2)]).askedBy(gap)).toEqual({ what: 'table', key: GAP.table, silent: false });
  });

  it('is the one with exactly these columns: another column beside a shared one is another question', () => {
    const own = new RecordedPolicies([{ ...shipped, company: { ...shipped.company, id: 'ours', own: { 'approval.authority_matrix': matrix as never } } }]);
    const asked = (inputs: object) => own.askedBy({ id: 'ours', version: String(shipped.company.version), rule: 'all', inputs: inputs as never, outcome: 'x' }).what;
    expect([asked({ kind: 'waiver', amount: 1 }), asked({ kind: 'waiver', price: 1 }), asked({ kind: 'waiver' })]).toEqual(['table', 'unknown', 'unknown']);
  });
});
