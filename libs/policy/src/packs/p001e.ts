import { days, hours, workingDays, type PolicyPack } from '../pack.js';

/** Medical-device distributor. */
export const P001E = {
  id: 'P001E', version: '1', title: { zh: '医疗器械售后服务管理办法', en: 'Medical device after-sales service policy' },
  clocks: {
    'complaint.first_contact': { span: hours(4), calendarStated: false, clause: '5.1.3(1)', rows: ['P001E-36'] },
    'complaint.reply.in_authority': { span: hours(24), calendarStated: false, clause: '5.1.3(1)', rows: ['P001E-37'] },
    'complaint.escalate_to_head': { span: hours(24), calendarStated: false, clause: '5.1.3(1)', rows: ['P001E-38'] },
    'complaint.head_opinion': { span: hours(24), calendarStated: false, clause: '5.1.3(1)', rows: ['P001E-39'] },
    'complaint.relay_opinion': { span: hours(24), calendarStated: false, clause: '5.1.3(1)', rows: ['P001E-40'] },
    'complaint.implement': { span: days(2), calendarStated: false, clause: '5.1.3(3)', rows: ['P001E-46'] },
    'complaint.total': { span: workingDays(5), calendarStated: true, clause: '5.1.3(3)', rows: ['P001E-48'] },
    'complaint.major.report': { span: hours(4), calendarStated: false, clause: '5.1.3(3)', rows: ['P001E-49'] },
    'complaint.major.report_to_head': { span: hours(2), calendarStated: false, clause: '5.1.3(3)', rows: ['P001E-50'] },
  },
  values: {
    /** Minor units; "5000元以上" read as 5000.00 and more. */
    'complaint.major.loss_threshold': { value: 500_000, stated: true, clause: '5.1.3(3)', rows: ['P001E-49'] },
    'complaint.major.triggers': { value: ['regulatory-inspection', 'economic-loss', 'public-exposure'], stated: true, clause: '5.1.3(3)', rows: ['P001E-49'] },
    'callback.max_duration': { value: 180, stated: true, clause: '5.1.3(4)', rows: ['P001E-54'] },
  },
} as const satisfies PolicyPack;
