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
    ['a key that is not known', 'year: 2027', 'yera: 2027', 'CN/2027.yaml:2 yera: yera: no such key 没有此键'],
    ['a year as text', 'year: 2027', 'year: "2027"', 'CN/2027.yaml:2 year: must be a whole number 须为整数'],
    ['a missing name', 'name: { zh: 元旦, en: New Year }', 'name: { zh: 元旦 }', 'CN/2027.yaml:7 holidays.0.name: must have en: write what is missing 缺少 en：请写出'],
    ['a date that does not exist', 'to: 2027-01-03', 'to: 2027-02-29', 'CN/2027.yaml:9 holidays.0.to: 2027-02-29 is no date'],
    ['a date of another year', 'from: 2027-01-01', 'from: 2026-12-31', 'CN/2027.yaml:8 holidays.0.from: 2026-12-31 belongs into the file of its own year'],
    ['a range that ends before it begins', 'to: 2027-02-11', 'to: 2027-02-01', 'CN/2027.yaml:12 holidays.1.to: 2027-02-01 is before 2027-02-05'],
    ['ranges that overlap', 'from: 2027-02-05', 'from: 2027-01-02', 'CN/2027.yaml:11 holidays.1.from: 2027-01-02 is in New Year already'],
    ['a make-up day inside a holiday', '- 2027-02-14', '- 2027-02-07', 'CN/2027.yaml:14 makeUpDays.0: 2027-02-07 is in Spring Festival already'],
    ['a make-up day that is worked anyway', '- 2027-02-14', '- 2027-02-15', 'CN/2027.yaml:14 makeUpDays.0: 2027-02-15 is no weekend day'],
    ['a make-up day on a Friday', '- 2027-02-14', '- 2027-02-19', 'CN/2027.yaml:14 makeUpDays.0: 2027-02-19 is no weekend day'],
    ['a make-up day twice', '- 2027-02-14', '- 2027-02-14\n  - 2027-02-14', 'CN/2027.yaml:15 makeUpDays.1: 2027-02-14 is in makeUpDays already'],
    ['the series of another folder', 'series: CN', 'series: DE', 'CN/2027.yaml:1 series: is DE in the folder CN'],
    ['the year of another file', 'year: 2027', 'year: 2028', 'CN/2027.yaml:2 year: is 2028 in the file 2027.yaml'],
    ['no YAML', 'publishedBy:', 'publishedBy: {', 'CN/2027.yaml:6 : Flow map in block collection must be sufficiently indented and end with a } at line 6, column 1:'],
  ])('names file, line and key of %s', async (_, part, instead, fault) => {
    expect(await faultsOf(SOUND.replace(part, instead))).toContain(fault);
    expect((await readCalendars(folder)).years).toEqual([]);
  });
});
