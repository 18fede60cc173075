import { days, hours, type PolicyPack } from '../pack.js';

/** Device quality complaints. */
export const P002A = {
  id: 'P002A', version: '1', title: { zh: '医疗器械售后服务管理工作程序', en: 'Medical device after-sales work procedure' },
  clocks: {
    'quality.site_verification.local': { span: hours(24), calendarStated: false, clause: '4.4', rows: ['P002A-10'] },
    'quality.site_verification.remote': { span: days(7), calendarStated: false, clause: '4.4', rows: ['P002A-11'] },
    'quality.disposition': { span: days(3), calendarStated: false, clause: '4.4', rows: ['P002A-12'] },
    'quality.resume_sale_notice': { span: hours(24), calendarStated: false, clause: '4.5', rows: ['P002A-15'] },
    'quality.hold_release': { span: hours(24), calendarStated: false, clause: '4.5', rows: ['P002A-16'] },
  },
  values: {
    'return.requires_unexpired_lot': { value: true, stated: true, clause: '4.6', rows: ['P002A-17'] },
  },
} as const satisfies PolicyPack;
