import {
  BlockedLotBuyerFound, CaseReopened, ComplaintClassified, ComplaintValidityDetermined, InvestigationOpened, InvestigationReopened, InvestigationRestated,
  InvestigationWithdrawn, OutboundHoldPlaced, QualityVerdictReached, SalesBlockLifted, SalesBlockPlaced, type EventOf, type EventType, type Goods,
} from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import type { Reaction, ReactionCommand } from 'aftercare/messaging';
import { CASE_ID, NOW, SUBJECT_ID } from 'aftercare/testing';
import { WhenCaseReopenedTakeUpTheNextRound } from './reactions/when-case-reopened-take-up-the-next-round.js';
import { WhenComplaintClassifiedInvestigateProductQuality } from './reactions/when-complaint-classified-investigate-product-quality.js';
import { WhenComplaintClassifiedRegisterTheAdverseReaction } from './reactions/when-complaint-classified-register-the-adverse-reaction.js';
import { WhenComplaintJudgedUnfoundedWithdrawTheInvestigation } from './reactions/when-complaint-judged-unfounded-withdraw-the-investigation.js';
import { WhenInvestigationOpenedHoldTheLot } from './reactions/when-investigation-opened-hold-the-lot.js';
import { WhenSalesBlockMovedTellTheOtherBuyers } from './reactions/when-sales-block-moved-tell-the-other-buyers.js';
import { WhenVerdictReachedConfirmTheStopSaleOrLetTheLotGo } from './reactions/when-verdict-reached-confirm-the-stop-sale-or-let-the-lot-go.js';
import { WhenWarehouseHeldOrReleasedTheLotNoteIt } from './reactions/when-warehouse-held-or-released-the-lot-note-it.js';

const GOODS: Goods = {
  productCode: 'DV-100', productName: 'Pump', model: null, lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: null, notKnown: [],
};
const LOT = { productCode: 'DV-100', lot: 'L-77' };
const THE_LOT = lotId('DV-100', 'L-77');
const OF_CASE = { caseId: CASE_ID, round: 1, customerId: 'c-1', locality: 'local' as const, goods: GOODS };

/** An event as a reaction gets it, of which only what a reaction reads is there. */
function heard<T extends EventType>(_type: T, stream: string, data: EventOf<T>['data'], texts?: Record<string, string>): Opened<EventOf<T>> {
  const personal = texts ? { subject: SUBJECT_ID, fields: texts } : null;
  return { stream, data, personal, occurredAt: NOW } as unknown as Opened<EventOf<T>>;
}

const orders = (reaction: Reaction): [string, string, object][] =>
  [reaction ?? []].flat().map(({ aggregate, id, command }: ReactionCommand) => [aggregate.name, id, command]);

describe('what quality does about a classified complaint', () => {
  const classified = (kind: 'service' | 'product-quality' | 'adverse-reaction', texts?: Record<string, string>) => heard(ComplaintClassified, 'complaint-x', {
    ...OF_CASE, class: kind, subject: SUBJECT_ID, awareAt: NOW, complainedOf: null, reaction: kind === 'adverse-reaction' ? { takenOn: '2026-03-10', notKnown: ['lot'] } : null,
  }, texts);
  const investigate = new WhenComplaintClassifiedInvestigateProductQuality();
  const register = new WhenComplaintClassifiedRegisterTheAdverseReaction();

  it('P002A-09 P000-28 P000-29 investigates product quality at once, with the customer’s words under the customer’s key', () => {
    expect(orders(investigate.react(classified('product-quality', { description: '报警' })))).toEqual([['investigation', CASE_ID, {
      type: 'OpenInvestigation', round: 1, customerId: 'c-1', locality: 'local', goods: GOODS, awareAt: NOW, subject: SUBJECT_ID, description: '报警',
    }]]);
    expect(orders(investigate.react(classified('product-quality')))[0]?.[2]).toMatchObject({ subject: SUBJECT_ID, description: null });
  });

  it('withdraws what another class had begun', () => {
    for (const kind of ['service', 'adverse-reaction'] as const) {
      expect(orders(investigate.react(classified(kind)))).toEqual([['investigation', CASE_ID, { type: 'WithdrawInvestigation', why: 'reclassified' }]]);
    }
  });

  it('P003-28 registers an adverse reaction and nothing else', () => {
    expect(orders(register.react(classified('adverse-reaction', { reactionTerm: '头晕', quantityTaken: '2片' })))).toEqual([['reactionReport', CASE_ID, {
      type: 'RegisterReaction', round: 1, customerId: 'c-1', goods: GOODS, awareAt: NOW, takenOn: '2026-03-10', notKnown: ['lot'], subject: SUBJECT_ID,
      description: null, reactionTerm: '头晕', quantityTaken: '2片', concomitantDrugs: null,
    }]]);
    expect(register.react(classified('service'))).toBeUndefined();
    expect(register.react(classified('product-quality'))).toBeUndefined();
  });
});

describe('what quality does about the rest of the complaint', () => {
  it('withdraws the investigation of an unfounded complaint, of no other', () => {
    const judged = (valid: boolean) => heard(ComplaintValidityDetermined, `complaint-${CASE_ID}`, { valid, groundsSufficient: valid, demandReasonable: true, companyError: false });
    const unfounded = new WhenComplaintJudgedUnfoundedWithdrawTheInvestigation();
    expect(orders(unfounded.react(judged(false)))).toEqual([['investigation', CASE_ID, { type: 'WithdrawInvestigation', why: 'unfounded' }]]);
    expect(unfounded.react(judged(true))).toBeUndefined();
  });

  it('P000-36 takes up the next round of its own classes, from the customer’s no', () => {
    const next = new WhenCaseReopenedTakeUpTheNextRound();
    const reopened = (kind: 'service' | 'product-quality' | 'adverse-reaction') => heard(CaseReopened, 'complaint-x', { ...OF_CASE, round: 2, class: kind }, { why: '仍然报警' });
    expect(orders(next.react(reopened('product-quality')))).toEqual([['investigation', CASE_ID, {
      type: 'ReopenInvestigation', round: 2, customerId: 'c-1', locality: 'local', goods: GOODS, awareAt: NOW, why: '仍然报警',
    }]]);
    expect(orders(next.react(reopened('adverse-reaction')))).toEqual([['reactionReport', CASE_ID, { type: 'ReopenReaction', round: 2, why: '仍然报警' }]]);
    expect(next.react(reopened('service'))).toBeUndefined();
  });
});

describe('what becomes of the lot', () => {
  const hold = new WhenInvestigationOpenedHoldTheLot();
  const verdict = new WhenVerdictReachedConfirmTheStopSaleOrLetTheLotGo();
  const begun = (goods: Goods | null) => heard(InvestigationOpened, 'investigation-x', { ...OF_CASE, goods, awareAt: NOW, subject: SUBJECT_ID });
  const again = heard(InvestigationReopened, 'investigation-x', { ...OF_CASE, round: 2, awareAt: NOW });
  const holding = [['stopSale', THE_LOT, { type: 'HoldLot', ...LOT, caseId: CASE_ID, customerId: 'c-1' }]];

  it('P002A-16 is held from the first day of every round, when product and lot are known', () => {
    expect(orders(hold.opened(begun(GOODS)))).toEqual(holding);
    expect(orders(hold.reopened(again))).toEqual(holding);
    for (const goods of [null, { ...GOODS, lot: null }, { ...GOODS, productCode: null }]) expect(orders(hold.opened(begun(goods)))).toEqual([]);
  });

  it('a corrected lot number frees the lot named by mistake and holds the right one', () => {
    const restated = (previous: Goods | null) => heard(InvestigationRestated, 'investigation-x', { ...OF_CASE, previous });
    expect(orders(hold.restated(restated({ ...GOODS, lot: 'L-1' })))).toEqual([
      ['stopSale', lotId('DV-100', 'L-1'), { type: 'RemoveHoldGround', caseId: CASE_ID, foundAt: NOW, why: 'other-lot-meant' }], ...holding,
    ]);
    expect(orders(hold.restated(restated(GOODS)))).toEqual(holding);
    expect(orders(hold.restated(restated(null)))).toEqual(holding);
  });

  it('P002A-15 P002A-21 a verdict confirms or lets go, a withdrawal lets go', () => {
    const reached = (kind: 'conforming' | 'nonconforming', goods: Goods | null = GOODS) =>
      heard(QualityVerdictReached, 'investigation-x', { ...OF_CASE, goods, verdict: kind, fault: null });
    const go = (why: string) => [['stopSale', THE_LOT, { type: 'RemoveHoldGround', caseId: CASE_ID, foundAt: NOW, why }]];
    expect(orders(verdict.reached(reached('nonconforming')))).toEqual([['stopSale', THE_LOT, { type: 'ConfirmStopSale', ...LOT, caseId: CASE_ID, customerId: 'c-1' }]]);
    expect(orders(verdict.reached(reached('conforming')))).toEqual(go('found-conforming'));
    expect(verdict.reached(reached('nonconforming', null))).toBeUndefined();
    expect(orders(verdict.withdrawn(heard(InvestigationWithdrawn, 'investigation-x', { caseId: CASE_ID, round: 1, goods: GOODS, why: 'unfounded' })))).toEqual(go('complaint-withdrawn'));
    expect(verdict.withdrawn(heard(InvestigationWithdrawn, 'investigation-x', { caseId: CASE_ID, round: 1, goods: null, why: 'unfounded' }))).toBeUndefined();
  });

  it('P002A-22 P002A-23 the registry’s block tells the other buyers, its end tells them to go on', () => {
    const block = new WhenSalesBlockMovedTellTheOtherBuyers();
    expect(orders(block.placed(heard(SalesBlockPlaced, 'lot-x', { ...LOT, caseId: CASE_ID, buyers: ['c-2', 'c-3'] }))))
      .toEqual([['stopSale', THE_LOT, { type: 'SendStopSaleNotices', buyers: ['c-2', 'c-3'] }]]);
    expect(orders(block.found(heard(BlockedLotBuyerFound, 'lot-x', { ...LOT, caseId: CASE_ID, customerId: 'c-4' }))))
      .toEqual([['stopSale', THE_LOT, { type: 'SendStopSaleNotices', buyers: ['c-4'] }]]);
    expect(orders(block.lifted(heard(SalesBlockLifted, 'lot-x', { ...LOT, caseId: CASE_ID, buyers: [] })))).toEqual([['stopSale', THE_LOT, { type: 'SendResumeSaleNotices' }]]);
  });

  it('P002A-16 P002A-21 what the warehouse did is noted', () => {
    const stock = new WhenWarehouseHeldOrReleasedTheLotNoteIt();
    const moved = heard(OutboundHoldPlaced, 'hold-x', { ...LOT, caseId: CASE_ID });
    expect(orders(stock.placed(moved))).toEqual([['stopSale', THE_LOT, { type: 'NoteWarehouseHold', held: true }]]);
    expect(orders(stock.released(moved))).toEqual([['stopSale', THE_LOT, { type: 'NoteWarehouseHold', held: false }]]);
  });
});
