import type { PolicyPack } from '../pack.js';

/** Pharmaceutical company, all customer kinds. Most of its limits say only "promptly" and stay unset here. */
export const P000 = {
  id: 'P000', version: '1', title: { zh: '医药公司售后服务管理办法', en: 'After-sales service policy of a pharmaceutical company' },
  clocks: {},
  values: {
    'complaint.required_fields': { value: ['awareAt', 'complainant', 'subject', 'demand'], stated: true, clause: '四.2(1)b', rows: ['P000-27'] },
    'inquiry.required_fields': { value: ['inquirer', 'question', 'contact'], stated: true, clause: '四.1(2)', rows: ['P000-21'] },
    'return.required_fields': { value: ['customer', 'orderNumber', 'reason', 'goods'], stated: true, clause: '四.3(1)', rows: ['P000-37'] },
    /** Null: no cap on the number of rounds. */
    'complaint.reopen_max_rounds': { value: null, stated: true, clause: '四.2(4)b', rows: ['P000-36'] },
    /** The source never says when an unreachable customer ends the loop; three attempts is our reading. */
    'callback.max_attempts': { value: 3, stated: false, clause: '四.2(4)a', rows: ['P000-35'] },
    'complaint.remedies': { value: ['return', 'exchange', 'price-concession'], stated: true, clause: '四.2(3)b', rows: ['P000-32'] },
  },
} as const satisfies PolicyPack;
