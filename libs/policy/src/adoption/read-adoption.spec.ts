import { join } from 'node:path';
import { readCompany, readPacks } from '../pack/read-packs.js';
import { policyFolder } from '../shipped.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { readAdoption } from './read-adoption.js';

const packs = (await readPacks(join(policyFolder(), 'packs'))).map(({ pack }) => pack);
const example = await readCompany(join(policyFolder(), 'companies', 'example.yaml'));
/** The roles belong to another library: those that the shipped files name. */
const KNOWN = { roles: [...new Set(JSON.stringify([packs, example]).match(/"[a-z]+\.[a-z-]+"|"manager"/g) ?? [])].map((name) => name.slice(1, -1)) };
const read = (more: Partial<CompanyPolicy>) => readAdoption(JSON.stringify({ company: { ...example, ...more }, packs }), KNOWN);

describe('a company file that is sent to be adopted', () => {
  it('is taken when every value is filled or switched off and every open row is settled or left to a person', async () => {
    expect(await read({})).toMatchObject({ sound: true });
  });

  it('is refused as long as it leaves something open, naming it in both languages', async () => {
    const [first, ...others] = example.off.filter(({ key }) => key.includes('/'));
    expect(await read({ off: example.off.filter((one) => one !== first) })).toEqual({
      sound: false, faults: [expect.stringMatching(`^example/${first?.key}: this pack gives no value: fill it under own, or switch it off .*此政策没有给出数值`)],
    });
    expect(others.length).toBeGreaterThan(0);
    expect(await read({ settle: example.settle.slice(1) })).toMatchObject({ sound: false, faults: [expect.stringContaining(`row ${example.settle[0]?.row} is open in the source`)] });
  });

  it('is refused with a calendar of which no year was published: every working day would be undetermined', async () => {
    expect(await read({ calendar: 'XX' })).toMatchObject({ sound: false, faults: [expect.stringMatching(/^example: there is no calendar XX/)] });
  });

  it('is told the one slip of an entry, and not what other kinds of entry would need', async () => {
    const { outcome, faults } = await read({ own: { ...example.own, 'complaint.reply': { ...clock, at: '24:30' } } as unknown as CompanyPolicy['own'] }).then((answer) =>
      ({ outcome: answer.sound, faults: 'faults' in answer ? answer.faults : [] }));
    expect([outcome, faults.length, faults[0]]).toEqual([false, 1, expect.stringContaining("company/own/complaint.reply/at: must be a clock time from '00:00' to '24:00'")]);
    const two = await read({ own: { ...example.own, 'callback.max_attempts': { ...number, clause: '', unit: '' } } as unknown as CompanyPolicy['own'] });
    expect(('faults' in two ? two.faults : []).map((fault) => fault.split(':')[0])).toEqual(['company/own/callback.max_attempts/unit', 'company/own/callback.max_attempts/clause']);
    const kind = await read({ own: { ...example.own, 'complaint.reply': { ...clock, kind: 'klock' } } as unknown as CompanyPolicy['own'] });
    expect('faults' in kind ? kind.faults : []).toEqual([expect.stringMatching(/complaint\.reply\/kind: must be one of clock, cadence/)]);
  });

  it('is refused with another version of a pack than it adopts, naming both', async () => {
    const [first, ...others] = example.precedence;
    expect(await read({ precedence: [{ pack: first?.pack ?? '', version: 7 }, ...others] })).toEqual({
      sound: false, faults: [`company/precedence: ${first?.pack} version 7 is adopted but was not sent`],
    });
  });

  it('is refused with a law that has ended', async () => {
    expect(await read({ precedence: [...example.precedence, { pack: 'CN-DRUG-RECALL-2007', version: 1 }] })).toMatchObject({
      sound: false, faults: [expect.stringMatching(/^example: CN-DRUG-RECALL-2007 is in force … – 2022-10-31 and is adopted for other days too/)],
    });
  });
});

/** Of the processor: on a machine that is busy with something else the wall clock says nothing about a search. */
const msOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

const clock = { kind: 'clock', value: 1, unit: 'hour', calendar: 'wall-clock', calendarStated: true, nature: 'service', from: { zh: '甲', en: 'a' }, to: { zh: '乙', en: 'b' }, pausable: true, warn: [50], escalate: [], clause: '1', rows: [], source: 'stated' } as const;
const number = { kind: 'number', value: 3, unit: 'attempts', clause: '1', rows: [], source: 'stated' } as const;
const table = { kind: 'table', hit: 'unique', clause: '1', rows: [], source: 'stated' } as const;
const own = (params: Readonly<Record<string, unknown>>) => read({ own: { ...example.own, ...params } as CompanyPolicy['own'], off: example.off.filter(({ key }) => !Object.hasOwn(params, key)),
  settle: example.settle.filter(({ table: settled }) => !Object.hasOwn(params, settled)),
});

describe('an adoption that would answer every command with an error later', () => {
  it.each([
    ['a clock time that no clock shows', { 'complaint.reply': { ...clock, unit: 'day', calendar: 'cut-off', at: '99:99' } }, /complaint\.reply\/at/],
    ['a clock time after the end of the day', { 'complaint.reply': { ...clock, unit: 'day', calendar: 'cut-off', at: '24:30' } }, /complaint\.reply\/at/],
    ['a lead time of hours with a clock time', { 'complaint.reply': { ...clock, calendar: 'lead-time', at: '12:00' } }, /lead time with a clock time is not counted in hour/],
    ['a due time further away than any date', { 'complaint.reply': { ...clock, value: 999_999_999, unit: 'year' } }, /more than 100 years/],
    ['a step that far after the breach', { 'complaint.reply': { ...clock, escalate: [{ afterBreach: { value: 9_000_000_000, unit: 'day' }, to: ['manager'] }] } }, /more than 100 years/],
    ['an escalation to nobody', { 'complaint.reply': { ...clock, escalate: [{ percent: 100, to: ['intake.king'] }] } }, /there is no role intake\.king/],
    ['the beginning of a clock in one language', { 'complaint.reply': { ...clock, from: '获知投诉' } }, /own\/complaint\.reply\/from: must be in Chinese and English [^]*write \{ zh: '获知投诉', en: … \}/],
    ['a word that no return has as its reason', { 'return.eligibility': { ...table, inputs: { reason: 'word' }, outputs: { decision: 'word' }, value: [{ id: 'a', if: { reason: '"qualty"' }, then: { decision: 'accept' } }] } }, /^example\/return\.eligibility: row a: "qualty" is no word that reason ever has: write "quality"\?/m],
    ['a class that no complaint has', { 'complaint.head_opinion': { ...clock, when: { clas: ['service'] } } }, /clas: service is nothing that is told/],
    ['a number in a unit that nobody reads', { 'callback.max_attempts': { ...number, unit: 'percent' } }, /reads it in attempts/],
    ['no limit where the program needs one', { 'callback.max_attempts': { ...number, kind: 'unlimited', value: null, source: 'unset' } }, /whole number, 0 or more/],
    ['fewer than no attempts', { 'callback.max_attempts': { ...number, value: -3 } }, /0 or more/],
    ['a key that nobody knows', { 'complaint.repyl': clock }, /neither the program nor an adopted pack/],
    ['a member that is no key', { WEIRD: 5 }, /additional properties WEIRD: [^]*不认识的成员 WEIRD/],
    ['signers that billing does not know', { 'approval.authority_matrix': { ...table, inputs: { kind: 'word' }, outputs: { signers: 'roles', order: 'word' }, value: [{ id: 'a', if: {}, then: { signers: ['intake.head'], order: 'in-order' } }] } }, /^example\/approval\.authority_matrix: row a: signers "intake\.head" is not understood; it must be one of billing\.[^]+ 行 a：结果 signers/m],
    ['a fine without an amount', { 'performance.fine.complaint_count': { ...table, inputs: { count: 'integer' }, outputs: { publicCriticism: 'flag' }, value: [{ id: 'a', if: {}, then: { publicCriticism: true } }] } }, /output fine of type money is missing/],
  ])('is refused: %s', async (_, params, said) => {
    const answer = await own(params);
    expect(answer).toMatchObject({ sound: false });
    expect('faults' in answer ? answer.faults.join('\n') : '').toMatch(said);
  });

  it.each([
    [{ validFrom: '2026-02-30' }, /no day 2026-02-30/], [{ validFrom: '2026-13-01' }, /no day 2026-13-01/], [{ validTo: '2019-12-31' }, /before it begins/],
    [{ calendarOwner: 'king' }, /no role king/], [{ windows: { ...example.windows, nowhere: example.windows['default'] ?? [] } }, /no unit nowhere/],
    [{ own: { ...example.own, 'return.inspection': example.own['return.inspection'] as never }, off: [...example.off, { key: 'return.inspection', why: 'x' }] }, /keep one of them/],
  ] as const)('is refused: %j', async (more, said) => {
    const answer = await read(more as Partial<CompanyPolicy>);
    expect('faults' in answer ? answer.faults.join('\n') : '').toMatch(said);
  });

  it('is refused at once when a pack stands there many times', async () => {
    const P002B = packs.find(({ id }) => id === 'P002B');
    const many = Array.from({ length: 87 }, () => P002B);
    const begun = process.cpuUsage();
    const answer = await readAdoption(JSON.stringify({ company: { ...example, precedence: many.map(() => ({ pack: 'P002B', version: 1 })) }, packs: many }), KNOWN);
    expect(answer).toEqual({ sound: false, faults: [expect.stringContaining('P002B was sent twice')] });
    expect(await read({ precedence: [...example.precedence, ...example.precedence] })).toMatchObject({ sound: false, faults: expect.arrayContaining([expect.stringContaining('adopts P002B twice')]) });
    expect(msOf(process.cpuUsage(begun))).toBeLessThan(2_000);
  });

  it('says which clocks are kept and not acted on, and which laws are switched off', async () => {
    const law = 'CN-ADR-2011/adr.report.death';
    expect(await read({ off: [...example.off, { key: law, why: 'x' }] })).toMatchObject({
      sound: true, notes: [{ en: expect.stringMatching(/^\d+ clocks are kept and not acted on yet: /) }, { en: `1 regulatory clocks are switched off: ${law}` }],
    });
  });
});
