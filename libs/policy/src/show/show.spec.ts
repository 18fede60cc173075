import { ROLES } from 'aftercare/access';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PackEntry, PolicyPack } from '../pack/pack.schema.js';
import { choose, companyView, keysLike, listed, packAsData, packView, viewAsMarkdown, viewAsText, type Language } from './index.js';

const sourced: Pick<PackEntry, 'clause' | 'rows' | 'source'> = { clause: '4.2', rows: ['P009-01'], source: 'stated' };
const clock: PackEntry = {
  kind: 'clock', value: 4, unit: 'hour', calendar: 'wall-clock', calendarStated: false, nature: 'service', from: { zh: '获知', en: 'awareness' }, to: { zh: '联系', en: 'contact' }, pausable: false,
  warn: [50, 100], escalate: [{ percent: 100, to: ['intake.head', 'nobody.known'] }, { afterBreach: { value: 24, unit: 'hour' }, to: ['manager'] }],
  when: { class: ['service', 'other'] }, consequence: { zh: '扣分', en: 'points are taken' }, ...sourced,
};
const table: PackEntry = {
  kind: 'table', hit: 'unique', inputs: { price: 'money' }, outputs: { approver: 'word' }, ...sourced,
  value: [
    { id: 'P009-02', if: { price: '<= 5000.00' }, then: { approver: 'billing.finance' } },
    { id: 'P009-02-gap', if: { price: '> 5000.00' }, then: null, note: { zh: '未写明|上限', en: 'no cap given' } },
  ],
};
const pack: PolicyPack = {
  id: 'P009', version: 2, kind: 'company', title: { zh: '试行办法', en: 'Trial policy' }, origin: { zh: '第九篇', en: 'Part nine' },
  validFrom: '2026-01-01', validTo: null, supersedes: 'P008', confirmed: false,
  params: {
    'complaint.first_contact': clock,
    'report.monthly': { kind: 'cadence', value: 1, every: 'month', calendarStated: true, ...sourced },
    'report.recall': { kind: 'cadence', value: 3, every: 'day', calendarStated: true, ...sourced },
    'return.rate': { kind: 'number', value: 1050, unit: 'basis-points', ...sourced, source: 'reading', note: { zh: '占位值', en: 'placeholder' } },
    'complaint.rounds': { kind: 'unlimited', value: null, unit: 'rounds', ...sourced },
    'price.range': { kind: 'range', value: { from: '100.00', to: '200.00' }, currency: 'CNY', per: 'month', ...sourced },
    'return.signers': { kind: 'list', value: ['logistics.quality', 'somebody'], ...sourced },
    'fine.points': { kind: 'mapping', value: { late: 5 }, unit: 'points', ...sourced },
    'return.review': { kind: 'switch', value: true, ...sourced },
    'reply.limit': { kind: 'amount', value: null, currency: 'CNY', ...sourced, source: 'unset' },
    'price.bands': table,
  },
};
const names = { keys: { 'complaint.first_contact': { zh: '首次联系', en: 'First contact', kind: 'clock' } }, roles: ROLES };
const text = (language: Language, width = 200): string => viewAsText(packView(pack, names), { language, width });

describe('a pack shown to people', () => {
  it('says limits in yuan, which the file has in fen', () => {
    const limit: PackEntry = { kind: 'mapping', value: { manager: 2_000_005 }, unit: 'fen', per: 'month', ...sourced };
    const said = viewAsText(packView({ ...pack, params: { 'sign.limit': limit } }, names), { language: 'both', width: 200 });
    expect(said).toMatch(/manager：20000\.05 元（每月）[^]*manager: CNY 20000\.05 a month/);
    expect(said).not.toContain('2000005');
  });
  it('says what a clock is called, how long it runs and how that is counted, whom it calls and what missing it brings', () => {
    const shown = text('en');
    for (const said of ['First contact', '4 h', 'wall-clock time (our reading)', 'service, never pauses', 'from awareness', 'to contact', 'only if class = service | other',
      'warned at 50 / 100 %', '100 %: Head of customer service, nobody.known', '24 h overdue: Management', 'points are taken', '4.2', 'P009-01', 'stated']) expect(shown).toContain(said);
  });

  it('says the same in Chinese, and both under each other', () => {
    expect(text('zh')).toContain('首次联系');
    expect(text('zh')).toMatch(/100 %：部门负责人、nobody\.known/);
    expect(text('zh')).not.toContain('First contact');
    expect(text('both')).toMatch(/首次联系[^]*First contact/);
    expect(text('both').match(/awareness/g)).toHaveLength(1);
  });

  it.each([
    ['report.monthly', '每月一次', 'once a month'], ['report.recall', '每 3 天一次', 'every 3 days'], ['return.rate', '10.5 %', '10.5 %'],
    ['complaint.rounds', '不限', 'unlimited'], ['price.range', '100.00 – 200.00 元（每月）', 'CNY 100.00 – 200.00 a month'],
    ['return.signers', 'logistics.quality；somebody', 'logistics.quality; somebody'],
    ['fine.points', 'late：5 分', 'late: 5 points'], ['return.review', '是', 'yes'], ['reply.limit', '未规定', 'not set'],
  ])('%s reads %s, %s', (key, zh, en) => {
    const entry = packAsData(pack, names).entries.find((one) => one.key === key);
    expect(entry?.shown).toEqual({ zh, en });
  });

  it('says of every key that no part of the program asks for that nothing acts on it', () => {
    const rowOf = (key: string): string => viewAsMarkdown(packView({ ...pack, params: { [key]: pack.params[key] as PackEntry } }, names), { language: 'en' });
    expect(rowOf('complaint.first_contact')).not.toContain('not acted on yet');
    expect(rowOf('report.monthly')).toContain('not acted on yet');
    expect(rowOf('price.bands')).toContain('not acted on yet');
  });

  it('says in both languages what a clock counts from and to', () => {
    expect(viewAsMarkdown(packView({ ...pack, params: { 'complaint.first_contact': clock } }, names), { language: 'both' })).toContain('自 获知<br>from awareness<br>至 联系<br>to contact');
    expect(text('zh')).toMatch(/自 获知/);
    expect(text('zh')).not.toContain('awareness');
  });

  it('shows roles by their titles where a value names roles', () => {
    expect(text('en')).toMatch(/Quality acceptance of returns/);
    expect(text('en')).toMatch(/somebody/);
  });

  it('names validity, what it supersedes, whether it is confirmed and how much is unset', () => {
    expect(text('en')).toMatch(/^P009@2\n/);
    for (const said of ['from 2026-01-01', 'Supersedes: P008', 'no: from secondary sources', '11, 1 of them unset']) expect(text('en')).toContain(said);
  });

  it('shows a decision table row by row, an open row as one that a person decides', () => {
    expect(text('en')).toMatch(/P009-02 +<= 5000\.00 +Finance/);
    expect(text('en')).toMatch(/P009-02-gap +> 5000\.00 +open: a person decides +no cap given/);
    expect(text('zh')).toMatch(/P009-02-gap +> 5000\.00 +待定：由人决定 +未写明/);
  });

  it('becomes Markdown in which no cell breaks its table', () => {
    const page = viewAsMarkdown(packView(pack, names), { language: 'both' });
    expect(page).toContain('| P009-02 | &lt;= 5000.00 | 财务<br>Finance |  |');
    expect(page).toContain('未写明\\|上限<br>no cap given');
    const widths = page.split('\n').filter((line) => line.startsWith('|')).map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(widths)).toEqual(new Set([8, 6]));
  });

  it('stays within the screen', () => {
    expect(Math.max(...text('en', 80).split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe('a company file shown to people', () => {
  const company: CompanyPolicy = {
    id: 'ours', version: 1, title: { zh: '本公司', en: 'Ours' }, validFrom: '2026-01-01', validTo: '2026-12-31', zone: 'Asia/Shanghai', calendar: 'CN',
    calendarOwner: 'registry.clerk', windows: { default: [{ weekdays: [1, 5], from: '08:30', to: '12:00' }] },
    precedence: [{ pack: 'P009', version: 2 }, { pack: 'P010', version: 1 }], own: { 'complaint.first_contact': clock },
    off: [{ key: 'P009/complaint.first_contact', why: 'ours is shorter' }], settle: [{ table: 'price.bands', row: 'P009-02-gap', why: 'asked the board', then: { approver: 'manager' } }],
  };

  it('says what is adopted in which order, what is missing, off, settled and of its own', () => {
    const shown = viewAsText(companyView(company, [pack], names), { language: 'en', width: 200 });
    for (const said of [/1 +P009@2 +Trial policy +from 2026-01-01/, /2 +P010@1 +there is no such file/, /every other unit +Mon, Fri 08:30–12:00/, /P009\/complaint\.first_contact/,
      /ours is shorter/, /P009-02-gap +approver: manager +asked the board/, /First contact +4 h/, /next year published by: Registry clerk/]) expect(shown).toMatch(said);
  });
});

describe('choosing what to show', () => {
  const versions = [{ id: 'R', version: 1, validFrom: null, validTo: '2022-10-31' }, { id: 'R', version: 2, validFrom: '2022-11-01', validTo: null }];

  it('takes the version in force on the day, its last day included, and the latest without a day', () => {
    expect(choose(versions, 'r', '2022-10-31')).toMatchObject({ chosen: { version: 1 } });
    expect(choose(versions, 'R', '2022-11-01')).toMatchObject({ chosen: { version: 2 } });
    expect(choose(versions, 'R', null)).toMatchObject({ chosen: { version: 2 } });
    expect(choose([versions[1] as (typeof versions)[1]], 'R', '2020-01-01')).toMatchObject({ none: 'not-in-force', versions: [{ version: 2 }] });
    expect(choose(versions, 'Q', null)).toEqual({ none: 'unknown' });
  });

  it('takes keys that contain a text, or that a pattern names from end to end', () => {
    expect(Object.keys(keysLike(pack.params, 'report'))).toEqual(['report.monthly', 'report.recall']);
    expect(Object.keys(keysLike(pack.params, 'return.*'))).toEqual(['return.rate', 'return.signers', 'return.review']);
    expect(Object.keys(keysLike(pack.params, '*.ra*e'))).toEqual(['return.rate', 'price.range']);
    expect(Object.keys(keysLike(pack.params, 'return.rat?'))).toEqual([]);
  });

  it('counts what a file holds, an open row of a table as unset', () => {
    expect(listed([pack], [])).toMatchObject([{ id: 'P009', kind: 'company', clocks: 1, cadences: 2, settings: 7, tables: 1, unset: 2, confirmed: false, supersedes: 'P008' }]);
  });
});
