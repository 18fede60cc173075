import type { FileReactionReport } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { OpenedReport } from '../reaction-report.js';

/** Filed before anybody knows the duty, a report would leave the limit that is found later without an end (P003-28). */
export function aReportIsFiledUnderAKnownDuty({ filedAt }: FileReactionReport, { reportability }: OpenedReport, now: string): Refusal | null {
  if (reportability.stage !== 'determined') {
    return refuse('reportability-open', {
      zh: '报告义务尚未判定，请先评价或判定。', en: 'Whether to report is not determined yet: assess or determine it first.',
    }, { rule: 'P003-28' });
  }
  if (filedAt <= now) return null;
  return refuse('in-the-future', { zh: '上报时间不能晚于现在。', en: 'The report cannot have been filed in the future.' }, { rule: 'P003-28', field: 'filedAt' });
}
