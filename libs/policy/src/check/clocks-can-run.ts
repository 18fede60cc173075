import { COUNTABLE } from '../calendars/span.js';
import type { ClockEntry, CountedBy, Unit } from '../pack/pack.schema.js';
import { finding, type Finding } from './finding.js';
import { ownEntries, packEntries, type PlacedEntry, type PolicyFiles } from './policy-files.js';

export type PlacedClock = PlacedEntry & { readonly entry: ClockEntry };
const isClock = (placed: PlacedEntry): placed is PlacedClock => placed.entry.kind === 'clock';
export const clocksOf = (files: PolicyFiles): PlacedClock[] => [...packEntries(files), ...ownEntries(files)].filter(isClock);

export function unitsThatDoNotFit(files: PolicyFiles): Finding[] {
  return clocksOf(files).flatMap(({ file, key, entry: { unit, calendar, at } }) => {
    const fitting = COUNTABLE[calendar];
    const units = fitting.includes(unit) ? [] : [finding('unit-does-not-fit', file, key,
      `${calendar} 不能以 ${unit} 计：用 ${fitting.join('、')}`, `a ${calendar} span is not counted in ${unit}: use ${fitting.join(', ')}`)];
    if (calendar === 'cut-off' && at === undefined) return [...units, finding('unit-does-not-fit', file, key, 'cut-off 要有钟点：加上 at', 'a cut-off has a clock time: add at')];
    if (calendar === 'lead-time' && at !== undefined && units.length === 0 && !COUNTABLE['cut-off'].includes(unit)) {
      return [finding('unit-does-not-fit', file, key, `有钟点的提前期不能以 ${unit} 计：用 ${COUNTABLE['cut-off'].join('、')}，或删去 at`,
        `a lead time with a clock time is not counted in ${unit}: use ${COUNTABLE['cut-off'].join(', ')}, or take at out`)];
    }
    if (calendar === 'cut-off' || calendar === 'lead-time' || at === undefined) return units;
    return [...units, finding('unit-does-not-fit', file, key, '这种计时没有钟点：删去 at，或改 calendar: cut-off', 'this span has no clock time: take at out, or write calendar: cut-off')];
  });
}

/** Steps that run one after the other, and the limit on all of them together. */
const CAPPED = [{
  cap: 'complaint.total',
  chain: ['complaint.escalate_to_head', 'complaint.head_opinion', 'complaint.relay_opinion', 'complaint.implement'],
  alone: ['complaint.first_contact', 'complaint.reply', 'complaint.reply.in_authority', 'complaint.interim_reply'],
}] as const;

const SECONDS: Partial<Readonly<Record<Unit, number>>> = { second: 1, minute: 60, hour: 3_600, day: 86_400, week: 604_800, 'working-hour': 3_600 };
const DAYS: Partial<Readonly<Record<Unit, number>>> = { day: 1, 'working-day': 1 };
const SIZE_BY: Partial<Readonly<Record<CountedBy, typeof SECONDS>>> = { 'wall-clock': SECONDS, 'working-hours': SECONDS, 'working-days': DAYS };

/** Length within its own calendar; null where two such lengths cannot be compared: working days with hours, months. */
function lengthOf({ value, unit, calendar }: ClockEntry): { readonly calendar: CountedBy; readonly length: number } | null {
  const size = SIZE_BY[calendar]?.[unit];
  return value === null || size === undefined ? null : { calendar, length: value * size };
}

/** Only what contradicts itself whatever the calendar says is found: five working days may be nine days on the wall. */
export function stepsLongerThanTheirCap(files: PolicyFiles): Finding[] {
  const clocks = clocksOf(files);
  return CAPPED.flatMap(({ cap, chain, alone }) => clocks.filter(({ key }) => key === cap).flatMap((whole) => {
    const limit = lengthOf(whole.entry);
    if (!limit) return [];
    const inThisPack = (key: string) => {
      const step = clocks.find((clock) => clock.file === whole.file && clock.key === key);
      const length = step && lengthOf(step.entry);
      return length?.calendar === limit.calendar ? [{ key, length: length.length }] : [];
    };
    const tooLong = [...chain, ...alone].flatMap(inThisPack).filter(({ length }) => length > limit.length).map(({ key }) => finding('step-longer-than-cap', whole.file, key,
      `一步比 ${cap} 的总时限还长：缩短，或放宽总时限`, `one step is longer than ${cap} allows for all: shorten it, or allow more`));
    if (tooLong.length > 0) return tooLong;
    const steps = chain.flatMap(inThisPack);
    if (steps.reduce((sum, { length }) => sum + length, 0) <= limit.length) return [];
    return [finding('step-longer-than-cap', whole.file, cap, `${steps.map(({ key }) => key).join('、')} 相加超过此总时限：缩短各步，或放宽总时限`,
      `${steps.map(({ key }) => key).join(', ')} together take longer than it allows: shorten them, or allow more`)];
  }));
}
