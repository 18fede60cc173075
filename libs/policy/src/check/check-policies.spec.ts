import { readFileSync } from 'node:fs';
import type { PackEntry } from '../pack/pack.schema.js';
import { checkAdoption } from './check-adoption.js';
import { checkPolicies } from './check-policies.js';
import { FINDING_CODES, type FindingCode } from './finding.js';
import { KEYS_READ } from './keys-are-asked-for.js';
import type { PolicyFiles } from './policy-files.js';
import { adopting, broken, by, clock, companyOf, count, eligibility, filesOf, findingsOf, KNOWN, offBeside, packOf, sound, sourced, table, words } from './testing/policy-files.js';

const asking = (key: string, input: string, condition: string, decision: string) => broken({ [key]: eligibility(input, condition, decision) });

const openBands = packOf({ 'return.bands': table([by('low', '< 1000.00'), by('open', '>= 1000.00', null)]) });
const leftOpen = { table: 'return.bands', row: 'open', then: null, why: 'so' };

/** One set of files for every way in which a finding comes about: where it is found and what a person is told to do. */
const BROKEN: Readonly<Record<FindingCode, readonly (readonly [PolicyFiles, file: string, key: string | null, told: RegExp, also?: readonly FindingCode[]])[]>> = {
  'unbound-key': [
    [filesOf([sound], { requirements: [{ id: 'P-01', param: Object.keys(sound.params) }, { id: 'P-02', param: ['return.forgotten'] }] }), 'P@1.yaml', 'return.forgotten', /P-02 asks for it/],
    [filesOf([sound], { requirements: [{ id: 'P-01', param: Object.keys(sound.params) }, { id: 'Q-01', param: ['return.forgotten'] }] }), 'docs/domain/requirements.yaml', 'return.forgotten', /Q-01 asks/],
    [filesOf([sound, packOf({ 'return.elsewhere': count() }, { id: 'Q' })], { requirements: [{ id: 'P-01', param: [...Object.keys(sound.params), 'return.elsewhere'] }] }), 'P@1.yaml', 'return.elsewhere', /P-01 asks for it/],
  ],
  'unused-key': [
    [filesOf([sound], { requirements: [{ id: 'P-01', param: ['return.rounds', 'return.answer'] }] }), 'P@1.yaml', 'return.bands', /asks for it: write return.rounds\?/],
  ],
  'unregistered-key': [[{ ...filesOf([sound]), keys: { company: { 'return.rounds': words('number'), 'return.answer': words('clock') }, regulation: {} } }, 'P@1.yaml', 'return.bands', /add it to keys\.yaml/]],
  'unused-words': [[{ ...filesOf([sound]), keys: { ...filesOf([sound]).keys, regulation: { 'law.gone': words('number') } } }, 'keys-regulation.yaml', 'law.gone', /take the line out/]],
  'unknown-row': [[broken({ 'return.rounds': count(3, { rows: ['P-99'] }) }), 'P@1.yaml', 'return.rounds', /no P-99/]],
  'kind-differs': [
    [filesOf([sound, packOf({ 'return.rounds': clock() }, { id: 'Q' })], { keys: filesOf([sound]).keys }), 'Q@1.yaml', 'return.rounds', /clock here and number in keys\.yaml/],
    [adopting({ own: { 'return.rounds': clock() } }), 'ours@1.yaml', 'return.rounds', /clock here and number/],
  ],
  'value-and-source-disagree': [
    [broken({ 'return.rounds': count(3, { source: 'unset' }) }), 'P@1.yaml', 'return.rounds', /write stated or reading/],
    [broken({ 'return.rounds': count(null) }), 'P@1.yaml', 'return.rounds', /write unset/],
  ],
  'wrong-shape': [
    [broken({ 'return.freight_payer': { kind: 'choice', value: 'whoever', ...sourced } }), 'P@1.yaml', 'return.freight_payer', /one of company/],
    [broken({ 'return.exchange_window': { kind: 'text', value: { zh: '多', en: 'much' }, ...sourced } }), 'P@1.yaml', 'return.exchange_window', /whole number/],
    [broken({ 'complaint.reply': count() }), 'P@1.yaml', 'complaint.reply', /kind: clock/],
    [broken({ 'billing.waiver.bands': count() }), 'P@1.yaml', 'billing.waiver.bands', /kind: table/],
    [broken({ 'billing.waiver.bands': table([by('all', '>= 0.00', 'billing.general-manager')]) }), 'P@1.yaml', 'billing.waiver.bands', /input fee of type money is nothing that is known/],
    [broken({ 'callback.max_attempts': clock() }), 'P@1.yaml', 'callback.max_attempts', /whole number/],
    [broken({ 'callback.max_attempts': { kind: 'unlimited', value: null, unit: 'attempts', ...sourced, source: 'unset' } }), 'P@1.yaml', 'callback.max_attempts', /0 or more/],
    [broken({ 'callback.max_attempts': count(-1, { unit: 'attempts' }) }), 'P@1.yaml', 'callback.max_attempts', /0 or more/],
  ],
  'unit-does-not-fit': [
    [broken({ 'return.answer': clock({ unit: 'working-day' }) }), 'P@1.yaml', 'return.answer', /wall-clock span is not counted in working-day/],
    [broken({ 'return.answer': clock({ unit: 'day', calendar: 'cut-off' }) }), 'P@1.yaml', 'return.answer', /add at/],
    [broken({ 'return.answer': clock({ at: '12:00' }) }), 'P@1.yaml', 'return.answer', /take at out/],
    [broken({ 'return.answer': clock({ calendar: 'lead-time', at: '12:00' }) }), 'P@1.yaml', 'return.answer', /lead time with a clock time is not counted in hour/],
  ],
  'step-longer-than-cap': [
    [broken({ 'complaint.total': clock({ value: 1, unit: 'day' }), 'complaint.implement': clock({ value: 25 }) }), 'P@1.yaml', 'complaint.implement', /longer than complaint\.total/],
    [broken({ 'complaint.total': clock({ value: 2, unit: 'day' }), 'complaint.head_opinion': clock(), 'complaint.relay_opinion': clock(), 'complaint.implement': clock({ value: 1 }) }), 'P@1.yaml', 'complaint.total', /together take longer/],
    [broken({ 'complaint.total': clock({ value: 1 }), 'complaint.implement': clock({ value: 61, unit: 'minute' }) }), 'P@1.yaml', 'complaint.implement', /longer than complaint\.total/],
  ],
  'unknown-role': [
    [broken({ 'return.answer': clock({ escalate: [{ percent: 100, to: ['intake.king'] }] }) }), 'P@1.yaml', 'return.answer', /no role intake\.king/],
    [broken({ 'return.signers': table([{ id: 'all', if: {}, then: { signers: ['intake.head', 'intake.king'] } }], { outputs: { signers: 'roles' } }) }), 'P@1.yaml', 'return.signers', /no role intake\.king/],
    [adopting({ calendarOwner: 'intake.king' }), 'ours@1.yaml', null, /no role intake\.king/],
    [broken({ 'return.exception_approver': { kind: 'choice', value: 'intake.king', ...sourced } }), 'P@1.yaml', 'return.exception_approver', /no role intake\.king/],
    [broken({ 'approval.deputy_overseers': { kind: 'list', value: ['intake.head', 'intake.king'], ...sourced } }), 'P@1.yaml', 'approval.deputy_overseers', /no role intake\.king/],
    [broken({ 'approval.limit_per_person_month': { kind: 'mapping', value: { 'intake.king': 1 }, unit: 'fen', ...sourced } }), 'P@1.yaml', 'approval.limit_per_person_month', /no role intake\.king/],
    [adopting({ settle: [{ table: 'return.signers', row: 'open', then: { signers: ['intake.king'] }, why: 'so' }] },
      [packOf({ 'return.signers': table([{ id: 'open', if: {}, then: null }], { inputs: {}, outputs: { signers: 'roles' } }) })]), 'ours@1.yaml', 'return.signers', /no role intake\.king/],
  ],
  'table-cannot-be-read': [[broken({ 'return.bands': table([by('low', '< 1000')]) }), 'P@1.yaml', 'return.bands', /"1000" is not an amount/]],
  'unknown-word': [
    [asking('return.eligibility', 'reason', '"refnd"', 'accept'), 'P@1.yaml', 'return.eligibility', /row a: "refnd" is no word that reason ever has; it must be one of quality, /],
    [asking('return.eligibility', 'reason', '"quality", "unsalable"', 'accept'), 'P@1.yaml', 'return.eligibility', /"unsalable" [^]+: write "unsaleable"\?/],
    [asking('return.eligibility', 'reason', 'not in ["quality", "expird"]', 'accept'), 'P@1.yaml', 'return.eligibility', /"expird" [^]+: write "expired"\?/],
    [asking('return.eligibility', 'reason', '!= "Quality"', 'accept'), 'P@1.yaml', 'return.eligibility', /"Quality" [^]+: write "quality"\?/],
    [asking('return.eligibility', 'reason', "'qualty'", 'accept'), 'P@1.yaml', 'return.eligibility', /"qualty" [^]+: write "quality"\?/],
    [asking('return.eligibility', 'reason', '"quality"', 'acept'), 'P@1.yaml', 'return.eligibility', /row a: decision "acept" is not understood: write "accept"\?/],
    [broken({ 'approval.authority_matrix': table([{ id: 'a', if: { kind: '"waiver"' }, then: { signers: ['intake.head'], order: 'any-order' } }], { inputs: { kind: 'word' }, outputs: { signers: 'roles', order: 'word' } }) }),
      'P@1.yaml', 'approval.authority_matrix', /row a: signers "intake\.head" is not understood; it must be one of billing\./],
    [adopting({ own: { 'return.eligibility': eligibility('reason', '"qualty"', 'accept') }, off: companyOf().off.filter(({ key }) => key !== 'return.eligibility') }), 'ours@1.yaml', 'return.eligibility', /write "quality"/],
  ],
  'rows-overlap': [[broken({ 'return.bands': table([by('low', '<= 1000.00'), by('high', '>= 1000.00')]) }), 'P@1.yaml', 'return.bands', /low and high both match fee = 1000.00:/]],
  'row-never-decides': [[
    broken({ 'return.bands': table([by('low', '< 1000.00'), by('high', '>= 1000.00'), by('middle', '[999.00..1001.00]')]) }), 'P@1.yaml', 'return.bands', /middle never is the one/, ['rows-overlap', 'rows-overlap'],
  ]],
  'versions-overlap': [
    [filesOf([packOf(sound.params, { validTo: '2026-06-30' }), packOf(sound.params, { version: 2, validFrom: '2026-06-30' })]), 'P@2.yaml', null, /P version 1 \(P@1\.yaml\)/],
    [filesOf([packOf(sound.params, { validTo: '2026-06-30' }), packOf(sound.params, { id: 'P-NEW', supersedes: 'P', validFrom: '2026-06-30' })]), 'P-NEW@1.yaml', null, /end the earlier one/],
    [filesOf([packOf(sound.params, { validTo: '2026-06-30' }), packOf(sound.params, { validFrom: '2026-07-01' })]), 'P@1.yaml', null, /P version 1/],
    [filesOf([sound, packOf(sound.params, { id: 'P-NEW', supersedes: 'P', validFrom: '2026-06-30' })]), 'P-NEW@1.yaml', null, /end the earlier one/],
    [filesOf([sound], { companies: [companyOf(), companyOf({ version: 2, validFrom: '2026-07-01' })] }), 'ours@2.yaml', null, /ours version 1/],
  ],
  'supersedes-nothing': [[filesOf([packOf(sound.params, { supersedes: 'P-OLD' })]), 'P@1.yaml', null, /P-OLD, which has no file/]],
  'clock-cannot-run': [
    [broken({ 'return.answer': clock({ value: 999_999_999, unit: 'year' }) }), 'P@1.yaml', 'return.answer', /more than 100 years/],
    [broken({ 'return.answer': clock({ escalate: [{ afterBreach: { value: 9_007_199_254_740_991, unit: 'month' }, to: ['intake.head'] }] }) }), 'P@1.yaml', 'return.answer', /more than 100 years/],
    [broken({ 'return.answer': clock({ value: 1, unit: 'day', calendar: 'cut-off', at: '99:99' }) }), 'P@1.yaml', 'return.answer', /No clock time: 99:99/],
    [adopting({ own: { 'return.answer': clock({ value: 101 * 365, unit: 'day' }) } }), 'ours@1.yaml', 'return.answer', /more than 100 years/],
  ],
  'escalation-unclear': [
    [broken({ 'return.answer': clock({ escalate: [{ to: ['intake.head'] }] }) }), 'P@1.yaml', 'return.answer', /one of the two/],
    [broken({ 'return.answer': clock({ escalate: [{ percent: 50, afterBreach: { value: 1, unit: 'hour' }, to: ['intake.head'] }] }) }), 'P@1.yaml', 'return.answer', /one of the two/],
  ],
  'regulatory-pausable': [[broken({ 'return.answer': clock({ nature: 'regulatory' }) }), 'P@1.yaml', 'return.answer', /never waits/]],
  'unknown-fact': [
    [broken({ 'complaint.head_opinion': clock({ when: { clas: ['service'] } }) }), 'P@1.yaml', 'complaint.head_opinion', /clas: service is nothing that is told when it starts: write class\?; what is told: class \(service, /],
    [broken({ 'complaint.head_opinion': clock({ when: { class: ['service', 'servic'] } }) }), 'P@1.yaml', 'complaint.head_opinion', /class: servic is nothing [^:]+: write service\?/],
    [broken({ 'complaint.reply': clock({ when: { class: ['service'] } }) }), 'P@1.yaml', 'complaint.reply', /what is told: nothing/],
    [broken({ 'adr.report.death': clock({ when: { toString: ['x'] } }) }), 'P@1.yaml', 'adr.report.death', /toString: x/],
  ],
  'wrong-unit': [
    [broken({ 'return.exchange_rate_limit': count(10, { unit: 'percent' }) }), 'P@1.yaml', 'return.exchange_rate_limit', /reads it in basis-points and it says percent/],
    [broken({ 'complaint.reopen_max_rounds': { kind: 'unlimited', value: null, unit: 'times', ...sourced } }), 'P@1.yaml', 'complaint.reopen_max_rounds', /unit: rounds/],
    [broken({ 'approval.limit_per_person_month': { kind: 'mapping', value: { 'intake.head': 1 }, unit: 'yuan', ...sourced } }), 'P@1.yaml', 'approval.limit_per_person_month', /in fen/],
  ],
  'no-such-date': [
    [filesOf([packOf(sound.params, { validFrom: '2026-02-30' })]), 'P@1.yaml', null, /no day 2026-02-30/],
    [filesOf([packOf(sound.params, { validTo: '2026-11-31' })]), 'P@1.yaml', null, /no day 2026-11-31/],
    [adopting({ validFrom: '2026-13-01' }), 'ours@1.yaml', null, /no day 2026-13-01/],
  ],
  'ends-before-it-begins': [[adopting({ validTo: '2025-12-31' }), 'ours@1.yaml', null, /ends on 2025-12-31, before it begins on 2026-01-01/]],
  'named-twice': [
    [adopting({ precedence: [{ pack: 'P', version: 1 }, { pack: 'P', version: 2 }] }, [sound, packOf(sound.params, { version: 2 })]), 'ours@1.yaml', null, /adopts P twice/, ['versions-overlap']],
    [adopting({ settle: [{ table: 'return.bands', row: 'open', then: null, why: 'a' }, { table: 'return.bands', row: 'open', then: { approver: 'a' }, why: 'b' }] },
      [packOf({ 'return.bands': table([by('open', '>= 0.00', null)]) })]), 'ours@1.yaml', 'return.bands', /row open is settled twice/],
    [adopting({ id: 'P' }), 'P@1.yaml', null, /P is the id of the company file too/],
    [adopting({ own: { 'return.rounds': count() }, off: offBeside('return.rounds') }), 'ours@1.yaml', 'return.rounds', /keep one of them/],
  ],
  'unknown-own-key': [[adopting({ own: { 'return.round': count() } }), 'ours@1.yaml', 'return.round', /write return.rounds\? Otherwise take it out/]],
  'no-such-pack': [[adopting({ precedence: [{ pack: 'P', version: 1 }, { pack: 'Q', version: 2 }] }), 'ours@1.yaml', null, /Q version 2/]],
  'pack-not-in-force': [
    [adopting({}, [packOf(sound.params, { validTo: '2026-05-31' })]), 'ours@1.yaml', null, /in force … – 2026-05-31/],
    [adopting({}, [packOf(sound.params, { validFrom: '2026-01-02' })]), 'ours@1.yaml', null, /in force 2026-01-02/],
  ],
  'off-names-nothing': [[adopting({ off: offBeside('P/return.round') }), 'ours@1.yaml', 'P/return.round', /write P\/return.rounds\?/]],
  'off-reaches-further': [[
    adopting({ precedence: [{ pack: 'P', version: 1 }, { pack: 'Q', version: 1 }], off: offBeside('return.answer') },
      [packOf({ 'return.answer': clock({ value: null, source: 'unset' }) }), packOf({ 'return.answer': clock() }, { id: 'Q' })]),
    'ours@1.yaml', 'return.answer', /value of Q too: name each pack that is meant, as in P\/return\.answer/,
  ]],
  'settle-names-nothing': [
    [adopting({ settle: [{ table: 'return.bans', row: 'low', then: null, why: 'so' }] }), 'ours@1.yaml', 'return.bans', /no adopted pack has this table/],
    [adopting({ settle: [{ table: 'return.bands', row: 'low', then: { approver: 'a' }, why: 'so' }] }), 'ours@1.yaml', 'return.bands', /is no open point/],
    [adopting({ settle: [{ table: 'return.bands', row: 'lo', then: { approver: 'a' }, why: 'so' }] }), 'ours@1.yaml', 'return.bands', /no such row: write low\?/],
    [adopting({ settle: [{ table: 'return.bands', row: 'opn', then: { approver: 4 }, why: 'so' }, leftOpen] }, [openBands]), 'ours@1.yaml', 'return.bands', /no such row: write open\?/],
    [adopting({ settle: [{ table: 'return.bands', row: 'elsewhere', then: { approver: 'a' }, why: 'so' }, leftOpen] }, [openBands]), 'ours@1.yaml', 'return.bands', /no such row: its open rows are open/],
    [adopting({ settle: [{ table: 'return.bands', row: 'open', then: { approver: 4 }, why: 'so' }] }, [openBands]), 'ours@1.yaml', 'return.bands', /not of type word: write a text/],
    [adopting({ settle: [{ table: 'billing.waiver.bands', row: 'open', then: { approver: 'board' }, why: 'so' }], off: companyOf().off.filter(({ key }) => key !== 'billing.waiver.bands') },
      [packOf({ 'billing.waiver.bands': table([{ id: 'open', if: {}, then: null }], { inputs: {} }) })]), 'ours@1.yaml', 'billing.waiver.bands', /approver "board" is not understood; it must be one of/],
  ],
  'unset-left-open': [
    [adopting({}, [packOf({ 'return.rounds': count(null, { source: 'unset' }) })]), 'ours@1.yaml', 'P/return.rounds', /fill it under own, or switch it off/],
    [adopting({ precedence: [{ pack: 'P', version: 1 }, { pack: 'Q', version: 1 }] }, [packOf({ 'return.answer': clock({ value: null, source: 'unset' }) }), packOf({ 'return.answer': clock() }, { id: 'Q' })]),
      'ours@1.yaml', 'P/return.answer', /this pack gives no value/],
  ],
  'open-row-left': [[adopting({}, [packOf({ 'return.bands': table([by('low', '< 1000.00'), by('open', '>= 1000.00', null)]) })]), 'ours@1.yaml', 'return.bands', /row open is open in the source/]],
  'needed-key-open': [[adopting({ off: companyOf().off.filter(({ key }) => key !== 'complaint.reply') }), 'ours@1.yaml', 'complaint.reply', /no adopted pack has it/]],
  'hours-unclear': [
    [adopting({ windows: { default: [{ weekdays: [1], from: '09:00', to: '17:00' }, { weekdays: [1], from: '16:00', to: '18:00' }] } }), 'ours@1.yaml', null, /overlap/],
    [adopting({ zone: 'Asia/Atlantis' }), 'ours@1.yaml', null, /no zone Asia\/Atlantis/],
    [adopting({ calendar: 'XX' }), 'ours@1.yaml', null, /no calendar XX/],
    [adopting({ windows: { ...companyOf().windows, intak: [{ weekdays: [1], from: '09:00', to: '17:00' }] } }), 'ours@1.yaml', null, /no unit intak: use default, intake/],
  ],
  'year-not-in-use': [[filesOf([sound], { idleYears: ['calendars/CN/2027.yaml'] }), 'calendars/CN/2027.yaml', null, /npm run policy -- --write and restart/]],
};

/** The same files, sent to be adopted by their company, or by one that adopts all of them. */
function codesOfAdoption({ packs, companies, keys }: PolicyFiles): readonly FindingCode[] {
  const adopted = packs.map(({ pack }) => pack);
  const company = companies[0]?.company ?? companyOf({ precedence: adopted.map(({ id, version }) => ({ pack: id, version })) });
  return checkAdoption(company, adopted, { ...KNOWN, series: ['CN'], keys }).map(({ code }) => code);
}

describe('A check of policy files', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(findingsOf(adopting({}))).toEqual([]);
  });

  it.each(FINDING_CODES.flatMap((code) => BROKEN[code].map((fixture, at) => [code, at + 1, fixture] as const)))('finds %s (%d), and says what to do', (code, _, [files, file, key, told, also = []]) => {
    const findings = findingsOf(files);
    expect(findings.map((one) => one.code)).toEqual([...also, code]);
    expect(findings.at(-1)).toMatchObject({ file, key });
    expect(findings.at(-1)?.message.en).toMatch(told);
    expect(findings.at(-1)?.message.zh).toMatch(/[\u4e00-\u9fff]/);
    // Codes and keys stand in both; three English words after each other are a sentence that nobody translated.
    expect(findings.at(-1)?.message.zh.replace('npm run policy', '')).not.toMatch(/[a-z]{2,},? [a-z]{2,},? [a-z]{2,}/);
  });

  it('tells what the program reads and no pack has', () => {
    expect(checkPolicies(filesOf([sound])).findings.map(({ code, key }) => [code, key])).toEqual(KEYS_READ.map((key) => ['unbound-key', key]));
  });

  it('counts files and entries', () => {
    const files = filesOf([packOf({ ...sound.params, 'return.open': count(null, { source: 'unset' }), 'return.endless': { kind: 'unlimited', value: null, unit: 'rounds', ...sourced } })],
      { requirements: [{ id: 'P-01', param: ['return.rounds'] }] });
    expect(checkPolicies(files).counts).toEqual({ packs: 1, params: 5, bound: 4, unset: 1, unused: 4 });
  });

  it('takes an unset value as settled when the company fills it or switches it off, and a setting when another adopted pack has it', () => {
    const open = packOf({ 'return.rounds': count(null, { source: 'unset' }) });
    const both = { precedence: [{ pack: 'P', version: 1 }, { pack: 'Q', version: 1 }] };
    const other = packOf({ 'return.rounds': count() }, { id: 'Q' });
    expect(findingsOf(adopting({ own: { 'return.rounds': count() } }, [open]))).toEqual([]);
    expect(findingsOf(adopting({ off: offBeside('P/return.rounds') }, [open]))).toEqual([]);
    expect(findingsOf(adopting(both, [open, other]))).toEqual([]);
    expect(findingsOf(adopting({ ...both, off: offBeside('Q/return.rounds') }, [open, other])).map(({ code }) => code)).toEqual(['unset-left-open']);
  });

  it('lets versions follow each other from one day to the next, and a number stand where another pack sets no limit', () => {
    const unlimited: PackEntry = { kind: 'unlimited', value: null, unit: 'rounds', ...sourced };
    expect(findingsOf(filesOf([packOf(sound.params, { validTo: '2026-06-30' }), packOf({ ...sound.params, 'return.rounds': unlimited }, { version: 2, validFrom: '2026-07-01' })]))).toEqual([]);
  });

  it('lets a company settle an open row or leave it to a person, and says nothing of spans that cannot be compared', () => {
    const open = packOf({ 'return.bands': table([by('low', '< 1000.00'), by('open', '>= 1000.00', null)]) });
    expect(findingsOf(adopting({ settle: [{ table: 'return.bands', row: 'open', then: { approver: 'a' }, why: 'so' }] }, [open]))).toEqual([]);
    expect(findingsOf(adopting({ settle: [{ table: 'return.bands', row: 'open', then: null, why: 'a person looks at it' }] }, [open]))).toEqual([]);
    expect(findingsOf(broken({ 'complaint.total': clock({ value: 1, unit: 'working-day', calendar: 'working-days' }), 'complaint.implement': clock({ value: 99 }) }))).toEqual([]);
  });

  it('says nothing of what just fits: one day of validity, a step as long as the cap, packs adopted for all their days', () => {
    expect(findingsOf(adopting({ validTo: '2026-01-01' }))).toEqual([]);
    expect(findingsOf(adopting({ validTo: '2026-12-31' }, [packOf(sound.params, { validFrom: '2026-01-01', validTo: '2026-12-31' })]))).toEqual([]);
    const day = clock({ value: 1, unit: 'day' });
    expect(findingsOf(broken({ 'complaint.total': day, 'complaint.implement': clock() }))).toEqual([]);
    expect(findingsOf(broken({ 'complaint.total': clock({ value: 2, unit: 'day' }), 'complaint.head_opinion': clock(), 'complaint.relay_opinion': clock() }))).toEqual([]);
    expect(findingsOf(filesOf([packOf({ 'complaint.total': day }), packOf({ 'complaint.implement': clock({ value: 25 }) }, { id: 'Q' })]))).toEqual([]);
  });

  it('tells open rows of two tables apart that have one name', () => {
    const open = () => table([by('low', '< 1000.00'), by('open', '>= 1000.00', null)]);
    const both = [packOf({ 'return.bands': open(), 'return.bars': open() })];
    const settled = (key: string) => ({ table: key, row: 'open', then: null, why: 'so' });
    expect(findingsOf(adopting({ settle: [settled('return.bands'), settled('return.bars')] }, both))).toEqual([]);
    expect(findingsOf(adopting({ settle: [settled('return.bars')] }, both)).map(({ code, key }) => [code, key])).toEqual([['open-row-left', 'return.bands']]);
  });

  it('says nothing of the facts and units of what has no value yet', () => {
    expect(findingsOf(broken({
      'complaint.reply': clock({ value: null, source: 'unset', when: { class: ['service'] } }), 'return.exchange_rate_limit': count(null, { unit: 'percent', source: 'unset' }),
    }))).toEqual([]);
  });

  it('finds a value filled and switched off under the name of the company too', () => {
    const twice = findingsOf(adopting({ own: { 'return.rounds': count() }, off: offBeside('ours/return.rounds') }));
    expect(twice.map(({ code }) => code)).toEqual(['named-twice', 'off-names-nothing']);
  });

  it('notes clocks that no code acts on, own ones too, and of those switched off the regulatory ones', () => {
    const law = packOf({ 'law.report': clock({ nature: 'regulatory', pausable: false }) }, { id: 'LAW' });
    const notes = (more: Parameters<typeof adopting>[0]) => checkPolicies(adopting({ precedence: [{ pack: 'P', version: 1 }, { pack: 'LAW', version: 1 }], ...more }, [sound, law])).notes.map(({ en }) => en);
    expect(notes({ own: { 'return.own': clock() } })).toEqual(['3 clocks are kept and not acted on yet: ours/return.own, P/return.answer, LAW/law.report']);
    expect(notes({ off: offBeside('return.answer', 'LAW/law.report') })).toEqual([
      'ours switches off by the bare key what adopted packs state: P/return.answer; take the line out to keep it, or name the pack that is meant', '1 regulatory clocks are switched off: LAW/law.report',
    ]);
    expect(notes({ off: offBeside('P/return.answer', 'LAW/law.report') })).toEqual(['1 regulatory clocks are switched off: LAW/law.report']);
  });

  it('tells of the full-width signs of a Chinese keyboard in a condition, which look like others and are letters', () => {
    const [found] = findingsOf(broken({ 'return.bands': table([by('low', '＜ 1000.00')]) }));
    expect(found).toMatchObject({ code: 'table-cannot-be-read', message: { en: expect.stringContaining('full-width ＜: where that is no text, write <'), zh: expect.stringContaining('含全角符号 ＜') } });
  });

  it('notes an amount between two bands that has no row, in yuan, and none where the bands meet or the table ends', () => {
    const notes = (rows: ReturnType<typeof by>[]) => checkPolicies(broken({ 'return.bands': table(rows) })).notes;
    expect(notes([by('low', '< 1000.00'), by('high', '> 1000.00')])).toEqual([{
      en: 'P/return.bands has no row for fee = 1000.00: a person decides there; add a row if that is not meant', zh: 'P/return.bands 没有适用于 fee = 1000.00 的行：届时由人判定；若非本意，请补上一行',
    }]);
    expect(notes([by('low', '[100.00..999.99]'), by('high', '>= 1000.00')])).toEqual([]);
  });

  it('before an adoption looks at the company and its packs alone', () => {
    const open = packOf({ 'return.rounds': count(null, { source: 'unset' }), 'return.bands': table([by('low', '< 1000.00'), by('open', '>= 1000.00', null)]), 'return.answer': clock({ unit: 'working-day' }) });
    expect(checkAdoption(companyOf(), [sound], KNOWN)).toEqual([]);
    expect(checkAdoption(companyOf({ zone: 'Asia/Atlantis' }), [open], KNOWN).map(({ code, file, key }) => [code, file, key])).toEqual([
      ['unit-does-not-fit', 'P', 'return.answer'], ['unset-left-open', 'ours', 'P/return.rounds'], ['open-row-left', 'ours', 'return.bands'], ['hours-unclear', 'ours', null],
    ]);
  });

  it('before an adoption finds everything that the company can mend, and leaves out what only an author of packs can', () => {
    const ofAuthors: readonly FindingCode[] = [
      'unbound-key', 'unused-key', 'unregistered-key', 'unused-words', 'unknown-row', 'kind-differs', 'versions-overlap', 'supersedes-nothing', 'year-not-in-use',
    ];
    const found = FINDING_CODES.filter((code) => BROKEN[code].every(([files]) => codesOfAdoption(files).includes(code)));
    expect(found).toEqual(FINDING_CODES.filter((code) => !ofAuthors.includes(code)));
  });

  it('has every code explained on the page for people', () => {
    const page = readFileSync('docs/operations/policy-check.md', 'utf8');
    expect([...page.matchAll(/^\| `([a-z]+(?:-[a-z]+)+)` \|/gm)].map(([, code]) => code)).toEqual([...FINDING_CODES]);
  });
});
