import type { PolicyPack } from '../pack.js';

/** Approval and waiver bands. Amounts in minor units (分); `from` belongs to the band, `below` does not. */
export interface ApprovalBand {
  readonly approver: 'after-sales-manager' | 'sales-vice-president' | 'general-manager';
  readonly basis: 'price' | 'cost';
  readonly from: number;
  /** Exclusive upper bound, null for none. */
  readonly below: number | null;
  readonly row: string;
}

const PRICE_BANDS: readonly ApprovalBand[] = [
  { approver: 'after-sales-manager', basis: 'price', from: 0, below: 100_000, row: 'P001C-25' },
  { approver: 'sales-vice-president', basis: 'price', from: 100_000, below: null, row: 'P001C-26' },
];

/** "1000 to 5000" includes 5000.00. A price above 5000.00 whose cost is not above 5000.00 is in no band: a person decides. */
const WAIVER_BANDS: readonly ApprovalBand[] = [
  { approver: 'general-manager', basis: 'cost', from: 500_001, below: null, row: 'P001C-29' },
  { approver: 'after-sales-manager', basis: 'price', from: 0, below: 100_000, row: 'P001C-27' },
  { approver: 'sales-vice-president', basis: 'price', from: 100_000, below: 500_001, row: 'P001C-28' },
];

export const P001C = {
  id: 'P001C', version: '1', title: { zh: '售后服务管理办法(第三篇)', en: 'After-sales service policy no. 3: pricing and waiver' },
  clocks: {},
  values: {
    'billing.price_approval.bands': { value: PRICE_BANDS, stated: true, clause: '定价', rows: ['P001C-25', 'P001C-26'] },
    /** First match wins: the cost band is asked first because it overrides the price bands. */
    'billing.waiver.bands': { value: WAIVER_BANDS, stated: true, clause: '定价', rows: ['P001C-27', 'P001C-28', 'P001C-29'] },
  },
} as const satisfies PolicyPack;
