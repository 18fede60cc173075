import type { Recorded } from 'aftercare/kernel';
import type { WarehouseHoldEvent } from 'aftercare/contracts';
import { CASE_ID, everyPair, given, NOW } from 'aftercare/testing';
import type { WarehouseHoldCommand } from './warehouse-hold.js';
import { warehouseHold } from './warehouse-hold.decide.js';
import { warehouseHoldView, type WarehouseHoldRow } from './warehouse-hold.view.js';

const LOT = { productCode: 'DV-100', lot: 'L-77' };
const placed: WarehouseHoldEvent = { type: 'OutboundHoldPlaced', data: { ...LOT, caseId: CASE_ID } };
const labelled: WarehouseHoldEvent = { type: 'HoldLabelApplied', data: { ...LOT, place: 'A-1' } };
const released: WarehouseHoldEvent = { type: 'OutboundHoldReleased', data: { ...LOT, caseId: CASE_ID } };
const label = (place: string): WarehouseHoldCommand => ({ type: 'ApplyHoldLabel', place });

describe('a warehouse hold', () => {
  it('P002A-21 is placed once, marked in every place, and each place once', () => {
    expect(given(warehouseHold).when({ type: 'PlaceHold', ...LOT, caseId: CASE_ID }).stage).toBe('held');
    expect(given(warehouseHold, placed, labelled).when(label('A-1'))).toMatchObject({ refused: 'already-labelled', rule: 'P002A-21', field: 'place' });
    expect(given(warehouseHold, placed, labelled).when(label('A-2')).state.own).toMatchObject({ labelledAt: ['A-1', 'A-2'] });
  });

  it('P002A-16 is released on the order to resume, and a later order holds the lot again without old labels', () => {
    expect(given(warehouseHold, placed).when({ type: 'ReleaseHold', ...LOT, caseId: CASE_ID }).stage).toBe('released');
    const again = given(warehouseHold, placed, labelled, released).when({ type: 'PlaceHold', ...LOT, caseId: CASE_ID });
    expect(again.state.own).toMatchObject({ stage: 'held', labelledAt: [] });
  });

  it('answers every stage x command pair', () => {
    const commands: WarehouseHoldCommand[] = [{ type: 'PlaceHold', ...LOT, caseId: CASE_ID }, label('B-1'), { type: 'ReleaseHold', ...LOT, caseId: CASE_ID }];
    expect(everyPair(warehouseHold, { new: [], held: [placed], released: [placed, released] }, commands)).toEqual({
      new: { PlaceHold: 'OutboundHoldPlaced', ApplyHoldLabel: 'wrong-stage', ReleaseHold: 'nothing' },
      held: { PlaceHold: 'nothing', ApplyHoldLabel: 'HoldLabelApplied', ReleaseHold: 'OutboundHoldReleased' },
      released: { PlaceHold: 'OutboundHoldPlaced', ApplyHoldLabel: 'wrong-stage', ReleaseHold: 'nothing' },
    });
  });

  it('P002A-21 the picking list shows what is held, where it is marked, and what is free again', () => {
    const rows = [placed, labelled, released, placed].map((event) => ({ ...event, stream: 'warehouseHold-x', recordedAt: NOW }) as unknown as Recorded<WarehouseHoldEvent>)
      .reduce<(WarehouseHoldRow | null)[]>((seen, event) => [...seen, warehouseHoldView.fold(seen.at(-1) ?? null, event)], []);
    expect(rows.map((row) => [row?.stage, row?.labels, row?.releasedAt])).toEqual([['held', 0, null], ['held', 1, null], ['released', 1, NOW], ['held', 0, null]]);
    expect(warehouseHoldView.key({ ...placed, stream: 'return-x' } as unknown as Recorded<WarehouseHoldEvent>)).toBeNull();
  });
});
