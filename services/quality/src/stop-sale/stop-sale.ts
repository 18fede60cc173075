import type { CommandOf, ReleaseGround, StopSaleCommands, StopSaleEvent } from 'aftercare/contracts';
import type { ClockTable } from 'aftercare/policy';

export type StopSaleCommand = CommandOf<StopSaleCommands>;

/** Why one case holds the lot, and whose case it is. */
export interface Ground {
  readonly customerId: string | null;
  readonly confirmed: boolean;
}

export type Notice = 'sent' | 'acknowledged' | 'resumed';

interface Lot {
  readonly productCode: string;
  readonly lot: string;
  /** By case id. Empty once the lot is released. */
  readonly grounds: Readonly<Record<string, Ground>>;
  /** Buyers that the registry named while the lot is held. */
  readonly buyers: readonly string[];
  /** By customer id: who was told to suspend sale, and what became of it. */
  readonly notices: Readonly<Record<string, Notice>>;
  readonly salesBlocked: boolean;
  readonly inWarehouse: 'unknown' | 'held' | 'released';
}

export type StopSaleState =
  | { readonly stage: 'new' }
  /** As a precaution, until every case that holds the lot has its verdict. */
  | (Lot & { readonly stage: 'held' })
  /** At least one verdict found the lot nonconforming: it stays stopped. */
  | (Lot & { readonly stage: 'stopped' })
  | (Lot & { readonly stage: 'released'; readonly why: ReleaseGround });

export type HeldLot = Extract<StopSaleState, { stage: 'held' | 'stopped' }>;
export type ReleasedLot = Extract<StopSaleState, { stage: 'released' }>;

export const noStopSale: StopSaleState = { stage: 'new' };

export function evolve(state: StopSaleState, event: StopSaleEvent): StopSaleState {
  if (event.type === 'StopSaleOrdered') {
    const { productCode, lot, caseId, customerId, ground } = event.data;
    const grounds = { [caseId]: { customerId, confirmed: ground === 'confirmed' } };
    const stage = ground === 'confirmed' ? 'stopped' : 'held';
    return { stage, productCode, lot, grounds, buyers: [], notices: {}, salesBlocked: false, inWarehouse: 'unknown' };
  }
  if (state.stage === 'new') return state;
  switch (event.type) {
    case 'HoldGroundAdded': return withGround(state, event.data, false);
    case 'StopSaleConfirmed': return { ...withGround(state, event.data, true), stage: 'stopped' };
    case 'HoldGroundRemoved': {
      const { [event.data.caseId]: _gone, ...grounds } = state.grounds;
      return { ...state, grounds };
    }
    case 'ResumeSaleOrdered': return { ...state, stage: 'released', grounds: {}, why: event.data.why };
    case 'LotBuyersNoted': return { ...state, salesBlocked: true, buyers: [...state.buyers, ...event.data.buyers] };
    case 'StopSaleNoticeSent': return withNotice(state, event.data.customerId, 'sent');
    case 'StopSaleNoticeAcknowledged': return withNotice(state, event.data.customerId, 'acknowledged');
    case 'ResumeSaleNoticeSent': return withNotice(state, event.data.customerId, 'resumed');
    case 'SalesReleaseNoted': return { ...state, salesBlocked: false };
    case 'WarehouseHoldNoted': return { ...state, inWarehouse: 'held' };
    case 'WarehouseReleaseNoted': return { ...state, inWarehouse: 'released' };
    default: return state;
  }
}

type KnownLot = Exclude<StopSaleState, { stage: 'new' }>;

function withGround<S extends KnownLot>(state: S, { caseId, customerId }: { caseId: string; customerId: string | null }, confirmed: boolean): S {
  return { ...state, grounds: { ...state.grounds, [caseId]: { customerId, confirmed } } };
}

function withNotice<S extends KnownLot>(state: S, customerId: string, notice: Notice): S {
  return { ...state, notices: { ...state.notices, [customerId]: notice } };
}

/**
 * The clocks of one lot. Warehouse and registry act on the order by themselves, within moments; what these clocks watch
 * for is that one of them is out of reach and its answer stays out.
 */
export const stopSaleClocks: ClockTable<StopSaleEvent, StopSaleState> = [
  // Where nobody was told to stop, nobody waits to be told to go on.
  { clock: 'quality.resume_sale_notice', starts: ['ResumeSaleOrdered'], from: finding,
    when: (_, state) => state.stage !== 'new' && Object.keys(state.notices).length > 0,
    meets: ['ResumeSaleNoticeSent'], drops: ['StopSaleOrdered'] },
  { clock: 'quality.hold_release', starts: ['ResumeSaleOrdered'], from: finding,
    meets: ['WarehouseReleaseNoted'], drops: ['StopSaleOrdered'] },
  { clock: 'quality.hold_placement', starts: ['StopSaleOrdered'], meets: ['WarehouseHoldNoted'], drops: ['ResumeSaleOrdered'] },
  // The registry names the buyers of a lot by saying that its sale is blocked.
  { clock: 'quality.sales_block', starts: ['StopSaleOrdered'], meets: ['LotBuyersNoted'], drops: ['ResumeSaleOrdered'] },
  // Every buyer is told in the decision that notes the buyers; a lot with no other buyer owes no notice.
  { clock: 'quality.stop_sale_notice', starts: ['StopSaleOrdered'], meets: ['LotBuyersNoted'], drops: ['ResumeSaleOrdered'] },
];

/** P002A 4.5 counts from the finding that lets the lot go. */
function finding(event: StopSaleEvent): string | undefined {
  return event.type === 'ResumeSaleOrdered' ? event.data.foundAt : undefined;
}
