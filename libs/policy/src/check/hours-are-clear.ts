import { windowFaults } from '../calendars/windows.js';
import { zoneNamed } from '../calendars/zone.js';
import { finding, type Finding } from './finding.js';
import type { PolicyFiles } from './policy-files.js';

/** Working hours that overlap, or a zone that nobody knows, make every due time of a company wrong. */
export function hoursThatAreUnclear({ companies }: PolicyFiles): Finding[] {
  return companies.flatMap(({ file, company }) => {
    const windows = windowFaults(company.windows).map(({ unit, says }) => finding('hours-unclear', file, null, `单位 ${unit} 的工作时间：${says}`, `working hours of ${unit}: ${says}`));
    return isZone(company.zone) ? windows : [...windows, finding('hours-unclear', file, null, `没有时区 ${company.zone}：用 IANA 名称，如 Asia/Shanghai`, `there is no zone ${company.zone}: use an IANA name such as Asia/Shanghai`)];
  });
}

function isZone(name: string): boolean {
  try {
    return zoneNamed(name).name === name;
  } catch {
    return false;
  }
}
