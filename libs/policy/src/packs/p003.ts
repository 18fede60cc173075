import { hours, workingDays, type PolicyPack } from '../pack.js';

/** Drug manufacturer, customer complaints. */
export const P003 = {
  id: 'P003', version: '1', title: { zh: '客户投诉管理制度', en: 'Customer complaint policy and workflow' },
  clocks: {
    'complaint.reply': { span: hours(24), calendarStated: false, clause: '4.4.3', rows: ['P003-35', 'P003-36'] },
    'complaint.head_opinion': { span: workingDays(1), calendarStated: true, clause: '4.1.1', rows: ['P003-14'] },
    'adr.technical_reply': { span: workingDays(1), calendarStated: true, clause: '4.3.3', rows: ['P003-31'] },
  },
  values: {
    'complaint.classes': { value: ['service', 'product-quality', 'adverse-reaction'], stated: true, clause: '2.1', rows: ['P003-04', 'P003-05'] },
    'complaint.required_fields.quality': { value: ['productName', 'lot', 'manufacturedOn', 'arrivedOn'], stated: true, clause: '4.2.1', rows: ['P003-19'] },
    'adr.required_fields': { value: ['productName', 'lot', 'takenOn', 'quantityTaken', 'concomitantDrugs'], stated: true, clause: '4.3.1', rows: ['P003-28'] },
    'quality.site_verification.serious_unclear': { value: true, stated: true, clause: '4.2.3', rows: ['P003-22'] },
    'return.freight_payer': { value: 'company', stated: true, clause: '4.2.4', rows: ['P003-26'] },
    'return.other_cost_payer': { value: 'party-at-fault', stated: true, clause: '4.2.4', rows: ['P003-27'] },
  },
} as const satisfies PolicyPack;
