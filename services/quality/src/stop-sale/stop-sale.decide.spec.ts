import { policySet } from 'aftercare/policy';
import type { DeadlineEvent, StopSaleEvent } from 'aftercare/contracts';
import { customerId, lotId } from 'aftercare/kernel';
import { everyPair, given, NOW } from 'aftercare/testing';
import type { StopSaleCommand } from './stop-sale.js';
import { stopSale } from './stop-sale.decide.js';

const LOT = { productCode: 'DV-100', lot: 'L-77' };
const at = { id: lotId(LOT.productCode, LOT.lot) };

const ordered = (caseId: string, customerId: string | null = null): StopSaleEvent =>
  ({ type: 'StopSaleOrdered', data: { ...LOT, caseId, customerId, ground: 'precautionary' } });
const added = (caseId: string, customerId: string | null = null): StopSaleEvent => ({ type: 'HoldGroundAdded', data: { ...LOT, caseId, customerId } });
const confirmed = (caseId: string): StopSaleEvent => ({ type: 'StopSaleConfirmed', data: { ...LOT, caseId, customerId: null } });
const buyers = (...ids: string[]): StopSaleEvent => ({ type: 'LotBuyersNoted', data: { ...LOT, buyers: ids } });
const sent = (customerId: string): StopSaleEvent => ({ type: 'StopSaleNoticeSent', data: { ...LOT, customerId } });
const acknowledged = (customerId: string): StopSaleEvent => ({ type: 'StopSaleNoticeAcknowledged', data: { ...LOT, customerId } });
const resumedBecause = (why: 'found-conforming' | 'complaint-withdrawn' | 'other-lot-meant'): StopSaleEvent =>
  ({ type: 'ResumeSaleOrdered', data: { ...LOT, caseId: 'A', foundAt: NOW, why } });
const resumed = resumedBecause('found-conforming');
const unblocked: StopSaleEvent = { type: 'SalesReleaseNoted', data: LOT };
const toldToResume = (customerId: string): StopSaleEvent => ({ type: 'ResumeSaleNoticeSent', data: { ...LOT, customerId } });
const stored: StopSaleEvent = { type: 'WarehouseHoldNoted', data: LOT };

const hold = (caseId: string, customerId: string | null = null): StopSaleCommand => ({ type: 'HoldLot', ...LOT, caseId, customerId });
const confirm = (caseId: string): StopSaleCommand => ({ type: 'ConfirmStopSale', ...LOT, caseId, customerId: null });
const letGo = (caseId: string): StopSaleCommand => ({ type: 'RemoveHoldGround', caseId, foundAt: NOW, why: 'found-conforming' });
const warn = (...ids: string[]): StopSaleCommand => ({ type: 'SendStopSaleNotices', buyers: ids });
const resume: StopSaleCommand = { type: 'SendResumeSaleNotices' };
const warehouse = (held: boolean): StopSaleCommand => ({ type: 'NoteWarehouseHold', held });
const acknowledge = (customerId: string): StopSaleCommand => ({ type: 'AcknowledgeNotice', customerId });

const toldIn = (events: readonly { type: string; data: object }[]): unknown[] =>
  events.filter(({ type }) => type.endsWith('NoticeSent')).map(({ data }) => (data as { customerId: string }).customerId);
const dueOf = (deadlines: readonly DeadlineEvent[]): Record<string, string | null> => Object.fromEntries(deadlines
  .flatMap((event) => (event.type === 'DeadlinesSet' ? event.data.clocks.map(({ clock, dueAt }) => [clock, dueAt]) : [])));

describe('a lot under stop-sale', () => {
  describe('holding', () => {
    it('P002A-16 is held as a precaution from the first case, and once per case', () => {
      expect(given(stopSale).when(hold('A', 'c-1'), at)).toMatchObject({ types: ['StopSaleOrdered'], stage: 'held' });
      expect(given(stopSale, ordered('A')).when(hold('A')).types).toEqual([]);
      expect(given(stopSale, ordered('A')).when(hold('B')).types).toEqual(['HoldGroundAdded']);
      expect(given(stopSale, ordered('A'), resumed).when(hold('B'))).toMatchObject({ types: ['StopSaleOrdered'], stage: 'held' });
    });

    it('P002A-21 a verdict confirms the stop, even where nothing was held before', () => {
      expect(given(stopSale, ordered('A')).when(confirm('A'))).toMatchObject({ types: ['StopSaleConfirmed'], stage: 'stopped' });
      expect(given(stopSale).when(confirm('A')).events[0]?.data).toMatchObject({ ground: 'confirmed' });
      expect(given(stopSale).when(confirm('A')).stage).toBe('stopped');
      expect(given(stopSale, ordered('A'), confirmed('A')).when(confirm('A')).types).toEqual([]);
      expect(given(stopSale, ordered('A'), confirmed('A')).when(confirm('B')).types).toEqual(['StopSaleConfirmed']);
    });
  });

  describe('letting go', () => {
    it('P002A-15 P002A-16 goes on sale again when the last case lets go', () => {
      expect(given(stopSale, ordered('A'), added('B')).when(letGo('A'))).toMatchObject({ types: ['HoldGroundRemoved'], stage: 'held' });
      const removed: StopSaleEvent = { type: 'HoldGroundRemoved', data: { ...LOT, caseId: 'A' } };
      expect(given(stopSale, ordered('A'), added('B'), removed).when(letGo('B'))).toMatchObject({ types: ['ResumeSaleOrdered'], stage: 'released' });
    });

    it('a case that does not hold the lot cannot let it go', () => {
      expect(given(stopSale, ordered('A')).when(letGo('B')).types).toEqual([]);
      expect(given(stopSale).when(letGo('A')).types).toEqual([]);
      expect(given(stopSale, ordered('A'), resumed).when(letGo('A')).types).toEqual([]);
    });

    it('P002A-21 a lot once confirmed stays stopped, by whatever another case or a later round finds', () => {
      const stopped = [ordered('A'), added('B'), confirmed('A')];
      expect(given(stopSale, ...stopped).when(letGo('B'))).toMatchObject({ types: ['HoldGroundRemoved'], stage: 'stopped' });
      expect(given(stopSale, ...stopped).when(letGo('A'))).toMatchObject({ types: [], stage: 'stopped' });
      expect(given(stopSale, ordered('A'), confirmed('A')).when(letGo('A'))).toMatchObject({ types: [], stage: 'stopped' });
    });

    it('P002A-15 P002A-16 both limits count 24 hours from the finding', () => {
      const then = given(stopSale, ordered('A'), buyers('c-2'), sent('c-2')).when({ type: 'RemoveHoldGround', caseId: 'A', foundAt: '2026-03-11T03:00:00.000Z', why: 'found-conforming' });
      expect(dueOf(then.deadlines)).toEqual({
        'P002A/quality.resume_sale_notice': '2026-03-12T03:00:00.000Z', 'P002A/quality.hold_release': '2026-03-12T03:00:00.000Z',
      });
    });

    it('P002A-15 nobody waits for a notice where nobody was told to stop', () => {
      expect(Object.keys(dueOf(given(stopSale, ordered('A'), buyers('c-2')).when(letGo('A')).deadlines))).toEqual(['P002A/quality.hold_release']);
    });
  });

  describe('buyers', () => {
    it('P002A-23 every other buyer is told, once; the complaining customers hear of it through their cases', () => {
      const then = given(stopSale, ordered('A', 'c-1'), added('B', 'c-3')).when(warn('c-1', 'c-2', 'c-3', 'c-4', 'c-2'), { freshId: 'fresh' });
      expect(toldIn(then.events)).toEqual(['c-2', 'c-4']);
      expect(then.types[0]).toBe('LotBuyersNoted');
      expect(then.events[1]?.personal?.subject).toBe('fresh');
      expect(then.events[1]?.personal?.fields['notice']).toMatch(/暂停销售[^]*DV-100, lot L-77/);
      const later = given(stopSale, ordered('A', 'c-1'), added('B', 'c-3'), ...(then.events as StopSaleEvent[]));
      expect(later.when(warn('c-2', 'c-4')).types).toEqual([]);
      expect(toldIn(later.when(warn('c-2', 'c-5')).events)).toEqual(['c-5']);
    });

    it('P002A-23 a complaining customer becomes one of the others when the own case lets go and another holds', () => {
      const before = [ordered('A', 'c-1'), added('B', 'c-3'), buyers('c-1', 'c-2', 'c-3'), sent('c-2')];
      expect(toldIn(given(stopSale, ...before).when(letGo('A')).events)).toEqual(['c-1']);
    });

    it('P002A-23 the complaining customer is known by the code of the customer list as well as by id, on either side', () => {
      const id = customerId('C-0042');
      expect(toldIn(given(stopSale, ordered('A', 'C-0042')).when(warn(id, 'c-2')).events)).toEqual(['c-2']);
      expect(toldIn(given(stopSale, ordered('A', id)).when(warn('C-0042', 'c-2')).events)).toEqual(['c-2']);
      expect(toldIn(given(stopSale, ordered('A')).when(warn('C-0042', id)).events)).toEqual(['C-0042']);
      expect(toldIn(given(stopSale, ordered('A'), buyers('C-0042'), sent('C-0042')).when(warn(id)).events)).toEqual([]);
    });

    it('P002A-22 the sales block is noted even where nobody else bought the lot', () => {
      expect(given(stopSale, ordered('A', 'c-1')).when(warn()).types).toEqual(['LotBuyersNoted']);
      expect(given(stopSale, ordered('A', 'c-1'), buyers()).when(warn()).types).toEqual([]);
    });

    it('a buyer may be named like a member of every object', () => {
      expect(toldIn(given(stopSale, ordered('A')).when(warn('constructor', '__proto__')).events)).toEqual(['constructor', '__proto__']);
      expect(given(stopSale, ordered('A')).when(acknowledge('constructor')).refused).toBe('buyer-not-told');
    });

    it('a block that arrives when sale goes on again warns nobody', () => {
      expect(given(stopSale, ordered('A'), resumed).when(warn('c-2')).types).toEqual([]);
    });

    it('P002A-15 whoever was told to stop is told to go on, once, and the clock is met', () => {
      const open = given(stopSale, ordered('A'), buyers('c-2', 'c-3'), sent('c-2'), sent('c-3'), acknowledged('c-3'));
      expect(toldIn(open.when(resume).events)).toEqual([]);
      const told = [ordered('A'), buyers('c-2', 'c-3'), sent('c-2'), sent('c-3'), acknowledged('c-3'), resumed];
      const then = given(stopSale, ...told).when(resume);
      expect(then.types[0]).toBe('SalesReleaseNoted');
      expect(toldIn(then.events)).toEqual(['c-2', 'c-3']);
      expect(then.events[1]?.personal?.fields['notice']).toMatch(/恢复销售/);
      expect(given(stopSale, ...told, unblocked, toldToResume('c-2'), toldToResume('c-3')).when(resume).types).toEqual([]);
    });

    it('P002A-15 only a conforming verdict may tell the buyers of a finding', () => {
      const noticeAfter = (why: 'found-conforming' | 'complaint-withdrawn' | 'other-lot-meant') =>
        given(stopSale, ordered('A'), buyers('c-2'), sent('c-2'), resumedBecause(why)).when(resume).events[1]?.personal?.fields['notice'];
      expect(noticeAfter('found-conforming')).toMatch(/经检验符合规定[^]*恢复销售[^]*found to conform/);
      expect(noticeAfter('complaint-withdrawn')).toMatch(/投诉已撤销[^]*恢复销售[^]*complaint was withdrawn/);
      expect(noticeAfter('other-lot-meant')).toMatch(/批号[^]*恢复销售[^]*another lot/);
      for (const why of ['complaint-withdrawn', 'other-lot-meant'] as const) expect(noticeAfter(why)).not.toMatch(/经查|检验|合格|conform|investigat/);
      const withdrawn: StopSaleCommand = { type: 'RemoveHoldGround', caseId: 'A', foundAt: NOW, why: 'complaint-withdrawn' };
      expect(given(stopSale, ordered('A')).when(withdrawn).events[0]?.data).toMatchObject({ why: 'complaint-withdrawn' });
    });

    it('P002A-16 the lifted block is noted even where nobody was told, and once', () => {
      expect(given(stopSale, ordered('A'), buyers(), resumed).when(resume).types).toEqual(['SalesReleaseNoted']);
      expect(given(stopSale, ordered('A'), buyers(), resumed, unblocked).when(resume).types).toEqual([]);
      expect(given(stopSale, ordered('A'), resumed).when(resume).types).toEqual([]);
    });

    it('a lot held again starts with nobody told', () => {
      const again = [ordered('A'), buyers('c-2'), sent('c-2'), resumed, ordered('B')];
      expect(toldIn(given(stopSale, ...again).when(warn('c-2')).events)).toEqual(['c-2']);
    });

    it('P002A-23 only a buyer who was told acknowledges, once', () => {
      const told = [ordered('A'), buyers('c-2'), sent('c-2')];
      expect(given(stopSale, ...told).when(acknowledge('c-2')).types).toEqual(['StopSaleNoticeAcknowledged']);
      expect(given(stopSale, ...told).when(acknowledge('c-9'))).toMatchObject({ refused: 'buyer-not-told', rule: 'P002A-23', field: 'customerId' });
      expect(given(stopSale, ...told, acknowledged('c-2')).when(acknowledge('c-2')).refused).toBe('already-acknowledged');
    });
  });

  describe('warehouse', () => {
    it('P002A-21 P002A-16 the placed and the lifted hold are noted, each once and in its time', () => {
      expect(given(stopSale, ordered('A')).when(warehouse(true)).types).toEqual(['WarehouseHoldNoted']);
      expect(given(stopSale, ordered('A'), stored).when(warehouse(true)).types).toEqual([]);
      expect(given(stopSale, ordered('A'), stored).when(warehouse(false)).types).toEqual([]);
      expect(given(stopSale, ordered('A'), stored, resumed).when(warehouse(false)).types).toEqual(['WarehouseReleaseNoted']);
      expect(given(stopSale, ordered('A'), resumed).when(warehouse(true)).types).toEqual([]);
    });

    it('P002A-16 only the lifted hold ends the clock', () => {
      const released = given(stopSale, ordered('A')).when(letGo('A'));
      const answer = stopSale.decider.decide(warehouse(false), released.state, {
        ...at, freshId: 'f', now: NOW, actor: { id: 'w', role: 'system' }, policy: policySet(),
      });
      expect(answer).toEqual(expect.arrayContaining([expect.objectContaining({
        type: 'DeadlinesMet', data: { clocks: [expect.objectContaining({ clock: 'P002A/quality.hold_release', late: false })] },
      })]));
    });
  });

  it('knows an answer to every command in every stage', () => {
    expect(everyPair(stopSale, {
      new: [], held: [ordered('A', 'c-1'), buyers('c-2'), sent('c-2')],
      stopped: [ordered('A', 'c-1'), buyers('c-2'), sent('c-2'), confirmed('A')],
      released: [ordered('A', 'c-1'), buyers('c-2'), sent('c-2'), resumed],
    }, [hold('B'), confirm('A'), letGo('A'), warn('c-5'), resume, warehouse(true), acknowledge('c-2')])).toMatchSnapshot();
  });
});
