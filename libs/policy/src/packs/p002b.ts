import { beforeNextDay, type PolicyPack } from '../pack.js';

/** Dealer returns and exchanges. */
export const P002B = {
  id: 'P002B', version: '1', title: { zh: '公司售后服务管理程序(三)', en: 'Company after-sales procedure (3): returns and exchanges' },
  clocks: {
    'return.slip_to_customer': { span: beforeNextDay('12:00'), calendarStated: true, clause: '4.2.8', rows: ['P002B-29'] },
  },
  values: {
    /** Share of pieces bought that may be exchanged, in basis points. The source leaves it to the contract; 10 % is our placeholder. */
    'return.exchange_rate_limit': { value: 1_000, stated: false, clause: '4.1', rows: ['P002B-13', 'P002B-16'] },
    /** Calendar days after the last purchase of the article; left to the contract by the source. */
    'return.exchange_window': { value: 180, stated: false, clause: '4.2.3', rows: ['P002B-16', 'P002B-17'] },
    'return.stock_in_signatures': { value: ['after-sales', 'operations', 'quality'], stated: true, clause: '4.2.7', rows: ['P002B-25'] },
    'complaint.validity_test': { value: ['groundsSufficient', 'demandReasonable'], stated: true, clause: '4.3', rows: ['P002B-33'] },
  },
} as const satisfies PolicyPack;
