import { calendar } from '../calendars/testing/shanghai.js';
import { clock, companyOf, count, packOf, sourced } from '../check/testing/policy-files.js';
import type { PackEntry, PolicyPack } from '../pack/pack.schema.js';
import type { PolicySet } from '../policy-set.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { documentOf } from './document.js';
import { policyOf } from './policy-of.js';

const MAX = 'callback.max_attempts';
const ROUNDS = 'complaint.reopen_max_rounds';
const attempts = (value: number | null, rows: readonly string[]): PackEntry => count(value, { unit: 'attempts', rows: [...rows], ...(value === null && { source: 'unset' as const }) });
const FIRST = packOf({ [MAX]: attempts(3, ['P-01']), 'complaint.reply': clock() }, { id: 'P' });
const SECOND = packOf({ [MAX]: attempts(5, ['Q-01']), 'complaint.reply': clock({ value: 48 }) }, { id: 'Q' });

function policyWith(more: Partial<CompanyPolicy>, packs: readonly PolicyPack[] = [FIRST, SECOND]): PolicySet {
  const company = companyOf({ precedence: packs.map(({ id, version }) => ({ pack: id, version })), off: [], ...more });
  return policyOf(documentOf(company, packs), { id: 'ours', version: 1, digest: 'ab' }, calendar());
}
const clocksOf = (policy: PolicySet) => policy.clocks('complaint.reply').map(({ pack, span }) => `${pack} ${span.value}`);
const off = (key: string) => ({ off: [{ key, why: 'so' }] });

describe('a setting of an adoption', () => {
  it('is that of the first pack in the order of precedence, and an own value comes before all packs', () => {
    expect(policyWith({}).setting(MAX)).toBe(3);
    expect(policyWith({ precedence: [{ pack: 'Q', version: 1 }, { pack: 'P', version: 1 }] }).setting(MAX)).toBe(5);
    const own = policyWith({ own: { [MAX]: attempts(9, ['O-01']) } });
    expect([own.setting(MAX), own.cite(MAX)]).toEqual([9, { id: 'ours', version: '1', rule: 'O-01' }]);
  });

  it('passes over what a pack leaves unset, and what is switched off for one pack alone', () => {
    expect(policyWith({}, [packOf({ [MAX]: attempts(null, ['P-01']) }), SECOND]).setting(MAX)).toBe(5);
    const second = policyWith(off(`P/${MAX}`));
    expect([second.setting(MAX), second.cite(MAX).rule]).toEqual([5, 'Q-01']);
  });

  it('is nothing where it is switched off as such, and the citation names the company', () => {
    const none = policyWith(off(MAX));
    expect([none.setting(MAX), none.cite(MAX)]).toEqual([null, { id: 'ours', version: '1', rule: MAX }]);
  });

  it('without a limit comes before the number of a later pack: no limit is an answer', () => {
    const endless: PackEntry = { kind: 'unlimited', value: null, unit: 'rounds', ...sourced, rows: ['P-02'] };
    const policy = policyWith({}, [packOf({ [ROUNDS]: endless }), packOf({ [ROUNDS]: count(2) }, { id: 'Q' })]);
    expect([policy.setting(ROUNDS), policy.cite(ROUNDS).rule]).toEqual([null, 'P-02']);
  });
});

describe('the clocks of an adoption', () => {
  it('run side by side, the company\'s own among them, and switching one off leaves the others', () => {
    expect(clocksOf(policyWith({ own: { 'complaint.reply': clock({ value: 8 }) } }))).toEqual(['ours 8', 'P 24', 'Q 48']);
    expect(clocksOf(policyWith(off('P/complaint.reply')))).toEqual(['Q 48']);
    expect(clocksOf(policyWith(off('complaint.reply')))).toEqual([]);
  });
});

describe('the document of an adoption', () => {
  it('holds the packs that are adopted and no others, in the order of precedence, each in the version that is named', () => {
    const company = companyOf({ precedence: [{ pack: 'Q', version: 1 }, { pack: 'P', version: 2 }] });
    const newer = packOf({}, { id: 'P', version: 2 });
    expect(documentOf(company, [FIRST, newer, SECOND, packOf({}, { id: 'R' })]).packs).toEqual([SECOND, newer]);
    expect(() => documentOf(company, [FIRST, SECOND])).toThrow('P version 2');
  });
});
