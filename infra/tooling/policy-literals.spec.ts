import { spawnSync } from 'node:child_process';
import { ROLE_NAMES } from 'aftercare/access';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { idleAllowances, literalsOf, policyLiteralsIn, rolesOf } from './policy-literals.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const FIXTURES = join(import.meta.dirname, 'fixtures', 'policy-literals');
const rules = readdirSync(FIXTURES).filter((name) => name !== 'no-rule-broken');
const inFixture = (name: string) => policyLiteralsIn(join(FIXTURES, name), { roles: ROLE_NAMES });
const found = (name: string) => inFixture(name).map(({ literal, line }) => `${line} ${literal}`);

describe('the check for policy values in services', () => {
  it.each(rules)('catches the fixture that breaks %s', (rule) => {
    expect([...new Set(inFixture(rule).map((literal) => literal.rule))]).toEqual([rule]);
  });

  it('finds nothing where nothing is broken, and no value in comments, types, tests and route permissions', () => {
    expect(inFixture('no-rule-broken')).toEqual([]);
  });

  it('names every value with its line', () => {
    expect(found('a-number-belongs-to-a-pack')).toEqual(['1 3', '2 20', '3 180', '4 3']);
    expect(found('a-duration-belongs-to-a-pack')).toEqual([
      '1 PT24H', '2 请在 5 个工作日内答复', '2 Answer within five working days.', '3 12:00', '5 setUTCFullYear', '6  is a year ahead',
    ]);
    expect(found('an-amount-belongs-to-a-pack')).toEqual(['1 5000.00', '2 达到 5000 元', '2 from ¥5,000 on']);
    expect(found('a-pack-is-named-by-its-citation')).toEqual(['1 P001C', '3 P001C-24']);
  });

  it('lets a list of roles pass only while nothing but route decorators reads it', () => {
    expect(found('a-role-belongs-to-a-pack')).toEqual([
      '4 logistics.leader', '10 logistics.after-sales-head', '1 only logistics.leader decides', '2 general-manager', '3 manager',
    ]);
  });

  it('counts lines also below a heading comment with Chinese words', () => {
    expect(literalsOf('services/x/src/x.ts', '/** 售后服务 */\n\n// 二\nexport const x = "售";\nexport const y = 7;\n', [])).toMatchObject([{ line: 5, literal: '7' }]);
    expect(literalsOf('services/x/src/x.ts', 'export const x = "售";\nexport const y = 7;\n', [])).toMatchObject([{ line: 2, literal: '7' }]);
  });

  it.each([
    ['8%', 'an-amount'], ['五千元以上', 'an-amount'], ['5千元', 'an-amount'], ['RMB 5000', 'an-amount'], ['５０００元', 'an-amount'], ['5,000', 'an-amount'], ['24.0', 'an-amount'],
    ['次日12点前', 'a-duration'], ['by the next day', 'a-duration'],
  ])('sees %s for what it is', (text, rule) => {
    expect(literalsOf('services/x/src/x.ts', `export const x = '${text}';\n`, []).map(({ rule: broken }) => broken)).toEqual([`${rule}-belongs-to-a-pack`]);
  });

  it('takes a status for one only where it can be one', () => {
    expect(literalsOf('services/x/src/x.ts', 'export const x = { status: 24 };\n', [])).toHaveLength(1);
    expect(literalsOf('services/x/src/x.ts', 'export const x = { status: 404 };\n', [])).toEqual([]);
  });

  it('knows the roles that libs/access knows', () => {
    expect(rolesOf(ROOT)).toEqual(ROLE_NAMES);
  });

  it('holds for this repository, with no allowance that allows nothing', () => {
    expect(policyLiteralsIn(ROOT)).toEqual([]);
    expect(idleAllowances(ROOT)).toEqual([]);
  });

  it('fails where there is no repository to look at', () => {
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'policy-literals.mjs'), FIXTURES], { encoding: 'utf8' });
    expect(status).toBe(1);
  });
});
