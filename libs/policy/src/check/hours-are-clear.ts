import { windowFaults } from '../calendars/windows.js';
import { zoneNamed } from '../calendars/zone.js';
import { finding, type Finding } from './finding.js';
import type { PolicyFiles } from './policy-files.js';

/** Departments may have hours of their own; any other name would be read by nobody. */
const UNITS_KNOWN: readonly string[] = ['default', 'intake', 'quality', 'logistics', 'billing', 'surveys', 'registry'];

/** Working hours that overlap, or a zone or calendar that nobody knows, make every due time of a company wrong. */
export function hoursThatAreUnclear({ companies, series }: PolicyFiles): Finding[] {
  return companies.flatMap(({ file, company: { windows, zone, calendar } }) => {
    const unclear = (zh: string, en: string) => finding('hours-unclear', file, null, zh, en);
    return [
      ...windowFaults(windows).map(({ unit, says, zh }) => unclear(`单位 ${unit} 的工作时间：${zh}`, `working hours of ${unit}: ${says}`)),
      ...Object.keys(windows).filter((unit) => !UNITS_KNOWN.includes(unit))
        .map((unit) => unclear(`没有单位 ${unit}：用 ${UNITS_KNOWN.join('、')}`, `there is no unit ${unit}: use ${UNITS_KNOWN.join(', ')}`)),
      ...(isZone(zone) ? [] : [unclear(`没有时区 ${zone}：用 IANA 名称，如 Asia/Shanghai`, `there is no zone ${zone}: use an IANA name such as Asia/Shanghai`)]),
      ...(series.includes(calendar) ? [] : [unclear(`没有日历 ${calendar}：改名称，或加上 calendars/${calendar}/ 的年份文件`, `there is no calendar ${calendar}: correct the name, or add its years below calendars/${calendar}/`)]),
    ];
  });
}

/** Services read all years from one written file: a year that is not in it leaves deadlines undetermined although it was published. */
export function yearsNotInUse({ idleYears = [] }: PolicyFiles): Finding[] {
  return idleYears.map((file) => finding('year-not-in-use', file, null,
    '服务尚未采用此年份文件：运行 npm run policy -- --write 并重新启动', 'services do not use this year as it stands: run npm run policy -- --write and restart them'));
}

function isZone(name: string): boolean {
  try {
    zoneNamed(name);
    return true;
  } catch {
    return false;
  }
}
