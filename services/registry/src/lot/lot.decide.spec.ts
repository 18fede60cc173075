import type { LotEvent } from 'aftercare/contracts';
import { lotId } from 'aftercare/kernel';
import { everyPair, given } from 'aftercare/testing';
import { WhenStopSaleOrderedBlockSales } from '../reactions/when-stop-sale-ordered-block-sales.js';
import type { LotCommand } from './lot.js';
import { lot } from './lot.decide.js';

const registered: LotEvent = { type: 'LotRegistered', data: { productCode: 'P', lot: 'L', manufacturedOn: null, expiresOn: '2027-01-31' } };
const soldTo = (customerId: string, document: string): LotEvent =>
  ({ type: 'SaleRecorded', data: { productCode: 'P', lot: 'L', customerId, quantity: 3, soldOn: '2026-01-02', document } });
const blocked: LotEvent = { type: 'SalesBlockPlaced', data: { productCode: 'P', lot: 'L', caseId: 'case', buyers: ['c-1'] } };
const sell = (customerId: string, document: string): LotCommand => ({ type: 'RecordSale', customerId, quantity: 1, soldOn: '2026-02-02', document });
const block: LotCommand = { type: 'PlaceSalesBlock', productCode: 'P', lot: 'L', caseId: 'case' };

describe('a lot', () => {
  it('P002A-22 P002A-23 a sales block names every buyer once, in the order of their first purchase', () => {
    const then = given(lot, registered, soldTo('c-1', 'd1'), soldTo('c-2', 'd2'), soldTo('c-1', 'd3')).when(block);
    expect(then.events[0]?.data).toMatchObject({ caseId: 'case', buyers: ['c-1', 'c-2'] });
  });

  it('P002A-23 a sale that turns up after the block is recorded and its buyer named', () => {
    expect(given(lot, registered, blocked).when(sell('c-9', 'd9')).types).toEqual(['SaleRecorded', 'BlockedLotBuyerFound']);
    expect(given(lot, registered).when(sell('c-9', 'd9')).types).toEqual(['SaleRecorded']);
  });

  it('the same sales document is booked once per customer', () => {
    expect(given(lot, registered, soldTo('c-1', 'd1')).when(sell('c-1', 'd1'))).toMatchObject({ refused: 'sale-already-recorded', field: 'document' });
    expect(given(lot, registered, soldTo('c-1', 'd1')).when(sell('c-2', 'd1')).types).toEqual(['SaleRecorded']);
  });

  it('P002A-16 a lifted block lets the lot be sold again', () => {
    const lifted = given(lot, registered, soldTo('c-1', 'd1'), blocked).when({ type: 'LiftSalesBlock', caseId: 'case' });
    expect(lifted.events[0]?.data).toMatchObject({ buyers: ['c-1'] });
    expect(lifted.stage).toBe('on-sale');
  });

  it('a stop-sale order blocks the lot it names, registered or not', () => {
    const ordered = new WhenStopSaleOrderedBlockSales().react({ data: { productCode: 'P', lot: 'L', caseId: 'case', ground: 'precautionary' } } as never);
    expect(ordered).toMatchObject({ id: lotId('P', 'L'), command: { type: 'PlaceSalesBlock', caseId: 'case' } });
    expect(given(lot).when(block).types).toEqual(['SalesBlockPlaced']);
  });

  it('answers every stage x command pair', () => {
    const stages = { new: [], 'on-sale': [registered], blocked: [registered, blocked] };
    const commands: LotCommand[] = [{ type: 'RegisterLot', productCode: 'P', lot: 'L' }, sell('c', 'd'), block, { type: 'LiftSalesBlock', caseId: 'case' }];
    expect(everyPair(lot, stages, commands)).toMatchInlineSnapshot(`
{
  "blocked": {
    "LiftSalesBlock": "SalesBlockLifted",
    "PlaceSalesBlock": "nothing",
    "RecordSale": "SaleRecorded BlockedLotBuyerFound",
    "RegisterLot": "wrong-stage",
  },
  "new": {
    "LiftSalesBlock": "nothing",
    "PlaceSalesBlock": "SalesBlockPlaced",
    "RecordSale": "wrong-stage",
    "RegisterLot": "LotRegistered",
  },
  "on-sale": {
    "LiftSalesBlock": "nothing",
    "PlaceSalesBlock": "SalesBlockPlaced",
    "RecordSale": "SaleRecorded",
    "RegisterLot": "wrong-stage",
  },
}
`);
  });
});
