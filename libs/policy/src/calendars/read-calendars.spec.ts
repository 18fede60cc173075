import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCalendars } from './read-calendars.js';
import { CALENDARS } from './testing/shanghai.js';

const SOUND = `series: CN
year: 2027
publishedBy:
  zh: 通知
  en: notice
holidays:
  - name: { zh: 元旦, en: New Year }
    from: 2027-01-01
    to: 2027-01-03
  - name: { zh: 春节, en: Spring Festival }
    from: 2027-02-05
    to: 2027-02-11
makeUpDays:
  - 2027-02-14
`;

describe('reading the calendars', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'calendars-'));
    mkdirSync(join(folder, 'CN'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const faultsOf = async (text: string, name = '2027.yaml') => {
    writeFileSync(join(folder, 'CN', name), text);
    return (await readCalendars(folder)).faults.map(({ file, line, key, says }) => `${file.slice(folder.length + 1)}:${line} ${key}: ${says}`);
  };

  it('those that are shipped have no fault', async () => {
    const { years, faults } = await readCalendars(CALENDARS);
    expect(faults).toEqual([]);
    expect(years.map(({ series, year }) => `${series} ${year}`)).toEqual(expect.arrayContaining(['CN 2024', 'CN 2025', 'CN 2026']));
  });
  it('a further year is a further file', async () => {
    expect(await faultsOf(SOUND)).toEqual([]);
    expect((await readCalendars(folder)).years).toMatchObject([{ series: 'CN', year: 2027, makeUpDays: ['2027-02-14'] }]);
  });
  it.each<[string, string, string, string]>([
    ['a key that is not known', 'year: 2027', 'yera: 2027', 'CN/2027.yaml:2 yera: has additional properties yera: correct the spelling or take it out 不认识的成员 yera：改正拼写，或删去'],
    ['a year as text', 'year: 2027', 'year: "2027"', 'CN/2027.yaml:2 year: must be a whole number 须为整数'],
    ['a missing name', 'name: { zh: 元旦, en: New Year }', 'name: { zh: 元旦 }', 'CN/2027.yaml:7 holidays.0.name: must have en: write what is missing 缺少 en：请写出'],
    ['a date that does not exist', 'to: 2027-01-03', 'to: 2027-02-29', 'CN/2027.yaml:9 holidays.0.to: 2027-02-29 is no date: correct it 没有 2027-02-29 这一天：改正日期'],
    ['a date of another year', 'from: 2027-01-01', 'from: 2026-12-31', 'CN/2027.yaml:8 holidays.0.from: 2026-12-31 belongs into the file of its own year: move it there 2026-12-31 不属于 2027 年：移到该年的文件'],
    ['a range that ends before it begins', 'to: 2027-02-11', 'to: 2027-02-01', 'CN/2027.yaml:12 holidays.1.to: 2027-02-01 is before 2027-02-05: exchange or correct them 2027-02-01 早于 2027-02-05：对调或改正'],
    ['ranges that overlap', 'from: 2027-02-05', 'from: 2027-01-02', 'CN/2027.yaml:11 holidays.1.from: 2027-01-02 is in 元旦 New Year already: keep one of them 2027-01-02 已列在 元旦 New Year 中：只留一处'],
    ['a range within which another lies', 'makeUpDays:', '  - name: { zh: 春, en: Spring }\n    from: 2027-02-04\n    to: 2027-02-12\nmakeUpDays:', 'CN/2027.yaml:13 holidays.2: 2027-02-05 is in 春节 Spring Festival already: keep one of them 2027-02-05 已列在 春节 Spring Festival 中：只留一处'],
    ['a make-up day inside a holiday', '- 2027-02-14', '- 2027-02-07', 'CN/2027.yaml:14 makeUpDays.0: 2027-02-07 is in 春节 Spring Festival already: keep one of them 2027-02-07 已列在 春节 Spring Festival 中：只留一处'],
    ['a make-up day that is worked anyway', '- 2027-02-14', '- 2027-02-15', 'CN/2027.yaml:14 makeUpDays.0: 2027-02-15 is no weekend day: correct it or take it out 2027-02-15 不是周末：改正，或删去'],
    ['a make-up day on a Friday', '- 2027-02-14', '- 2027-02-19', 'CN/2027.yaml:14 makeUpDays.0: 2027-02-19 is no weekend day: correct it or take it out 2027-02-19 不是周末：改正，或删去'],
    ['a make-up day twice', '- 2027-02-14', '- 2027-02-14\n  - 2027-02-14', 'CN/2027.yaml:15 makeUpDays.1: 2027-02-14 is in makeUpDays already: keep one of them 2027-02-14 已列在 makeUpDays 中：只留一处'],
    ['the series of another folder', 'series: CN', 'series: DE', 'CN/2027.yaml:1 series: is DE in the folder CN: give both the same name 文件在 CN 文件夹中，series 却是 DE：改为一致'],
    ['the year of another file', 'year: 2027', 'year: 2028', 'CN/2027.yaml:2 year: is 2028 in the file 2027.yaml: give both the same year 文件名是 2027.yaml，year 却是 2028：改为一致'],
    ['no YAML', 'publishedBy:', 'publishedBy: {', 'CN/2027.yaml:6 : a bracket before it is not closed: write }, and indent what stands in it further than its key 前面的括号没有关闭：补上 }；若括号占多行，各行须比键缩进更深 (2 more may follow from it 另有 2 处可能由此引起)\n  > holidays:'],
  ])('names file, line and key of %s', async (_, part, instead, fault) => {
    expect(await faultsOf(SOUND.replace(part, instead))).toContain(fault);
    expect((await readCalendars(folder)).years).toEqual([]);
  });
});
