import type { CostEvent, RecordReturnCost } from 'aftercare/contracts';
import { cny } from 'aftercare/kernel';
import { CASE_ID, given, recorded, SUBJECT_ID } from 'aftercare/testing';
import { cost } from './cost.decide.js';
import { costView } from './cost.view.js';

const freight: RecordReturnCost = { returnId: 'r-1', kind: 'freight', temporary: true, amount: cny(3_000), note: '顺丰' };
const record = (more: Partial<RecordReturnCost>) => ({ type: 'RecordReturnCost' as const, ...freight, ...more });

describe('who pays for a return', () => {
  it('P003-26 the freight of a temporary return is the company’s, and nobody else can be charged', () => {
    expect(given(cost).when(record({})).events).toEqual([{
      type: 'ReturnFreightCharged', data: { returnId: 'r-1', caseId: null, amount: cny(3_000), payer: 'company', subject: SUBJECT_ID },
      personal: { subject: SUBJECT_ID, fields: { note: '顺丰' } },
      policy: { id: 'P003', version: '1', rule: 'P003-26', inputs: { kind: 'freight', temporary: true, responsible: null }, outcome: 'company' },
    }]);
    expect(given(cost).when(record({ responsible: 'company' })).types).toEqual(['ReturnFreightCharged']);
    expect(given(cost).when(record({ responsible: 'customer' }))).toMatchObject({ refused: 'freight-is-the-companys', rule: 'P003-26', field: 'responsible' });
  });

  it.each([['freight', false, 'ReturnFreightCharged'], ['other', true, 'CostAttributed'], ['other', false, 'CostAttributed']] as const)(
    'P003-27 %s (temporary: %s) falls on the party found responsible, who has to be named', (kind, temporary, type) => {
      expect(given(cost).when(record({ kind, temporary }))).toMatchObject({ refused: 'responsible-party-missing', rule: 'P003-27' });
      expect(given(cost).when(record({ kind, temporary, responsible: 'supplier' })).events).toMatchObject([
        { type, data: { payer: 'supplier' }, policy: { rule: 'P003-27', outcome: 'supplier' } },
      ]);
    },
  );

  it('P003-27 a cost is recorded once and listed with its payer', () => {
    const [event] = given(cost).when(record({ kind: 'other', responsible: 'carrier' })).events as CostEvent[];
    if (!event) throw new Error('nothing recorded');
    expect(given(cost, event).when(record({})).refused).toBe('wrong-stage');
    expect(costView.fold(null, recorded(`cost-${CASE_ID}`, event))).toMatchObject({ kind: 'other', payer: 'carrier', amount: 3_000, returnId: 'r-1' });
  });
});
