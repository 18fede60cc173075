import { adoptionSchema } from '../adoption/adoption.schema.js';
import { packSchema } from './pack.schema.js';
import { shapeFaults } from './shape-faults.js';

const text = { zh: '获知投诉', en: 'awareness of the complaint' };
const clock = {
  kind: 'clock', value: 1, unit: 'hour', calendar: 'wall-clock', calendarStated: true, nature: 'service', from: text, to: text, pausable: true, warn: [50], escalate: [],
  clause: '1', rows: [], source: 'stated',
};
const pack = { id: 'OURS', version: 1, kind: 'company', title: text, origin: text, validFrom: '2026-01-01', validTo: null, confirmed: true, params: {} };
const inPack = (more: object) => shapeFaults(packSchema, { ...pack, ...more });
const inClock = async (more: object) => (await inPack({ params: { 'complaint.reply': { ...clock, ...more } } })).map(({ path, message }) => `${path.replace('/params/complaint.reply/', '')}: ${message}`);

describe('a slip in a policy file', () => {
  it.each([
    [{ unit: 'hours' }, "unit: must be one of second, minute, hour, day, week, month, year, working-hour, working-day: write hour? 须为以下之一：second、minute、hour、day、week、month、year、working-hour、working-day，应为 hour"],
    [{ clause: '' }, 'clause: must not be empty: write it 不能为空：请写出'],
    [{ warn: [101] }, 'warn/0: must be 100 or less 不能大于 100：写 100 或更小的数'],
    [{ value: -1 }, 'value: must be 0 or more 不能小于 0：写 0 或更大的数'],
    [{ value: 'x' }, 'value: must be a whole number 须为整数'],
    [{ pausable: 1 }, 'pausable: must be true or false 须为 true 或 false'],
    [{ rows: 'P-01' }, 'rows: must be a list 须为列表'],
    [{ escalate: [{ percent: 50, to: [] }] }, 'escalate/0/to: must have 1 item(s) or more: write them 至少 1 项：请写出'],
    [{ escalate: [{ percent: 50, to: ['The Head'] }] }, 'escalate/0/to/0: must be the code of a role: write it like intake.head 须为角色代码：例如 intake.head'],
    [{ clause: '1'.repeat(201) }, 'clause: must have 200 characters at most: make it shorter 最多 200 个字符：请缩短'],
  ])('is told once, in both languages, with what to write: %j', async (more, said) => {
    expect(await inClock(more)).toEqual([said]);
  });

  it('in the name of a member is told with the name that was meant, and what is missing by its name', async () => {
    const { title: titel, ...others } = pack;
    expect((await shapeFaults(packSchema, { ...others, titel })).map(({ message }) => message)).toEqual([
      'must have title: write what is missing 缺少 title：请写出', 'has additional properties titel: write title? 不认识的成员 titel：应为 title？',
    ]);
    expect(await inPack({ params: { 'complaint.reply': { ...clock, kind: 'clok' } } })).toEqual([{ path: '/params/complaint.reply/kind', message: expect.stringMatching(/must be one of clock, .*write clock\? 须为以下之一：clock、.*应为 clock/) }]);
  });
});

describe('a text in two languages', () => {
  const swapped = { zh: 'Complaint handling', en: '投诉处理' };
  it.each([['title of a pack', packSchema, pack, 'title'], ['origin of a pack', packSchema, pack, 'origin']])('that stands under the wrong names is refused: %s', async (_, schema, content, member) => {
    expect(await shapeFaults(schema, { ...content, [member]: swapped })).toEqual([
      { path: `/${member}/zh`, message: expect.stringMatching(/^zh must be in Chinese: .*exchange it with en.* zh 须为中文：.*请对调$/) },
      { path: `/${member}/en`, message: expect.stringMatching(/^en must be in English: .*exchange it with zh.* en 须为英文：.*请对调$/) },
    ]);
  });

  it('is held to it in a company file and in every entry as well', async () => {
    const faults = await shapeFaults(adoptionSchema.properties.title, swapped);
    expect(faults.map(({ path }) => path)).toEqual(['/zh', '/en']);
    expect((await inClock({ from: swapped })).map((said) => said.split(':')[0])).toEqual(['from/zh', 'from/en']);
  });

  it.each([{ zh: '21 CFR 7.42', en: '21 CFR 7.42' }, { zh: '投诉 complaint', en: 'Notice of 卫健委' }, { zh: '第 3 条', en: '§ 3' }])('may cite what reads the same in both, and name the other language: %j', async (origin) => {
    expect(await inPack({ origin })).toEqual([]);
  });
});
