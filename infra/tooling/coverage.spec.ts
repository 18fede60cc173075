import { faults, idsIn, page } from './coverage.mjs';

const requirement = (id: string, enforce = 'enforce') => ({ id, rule: 'Reply in 24 hours | always', enforce });
const passed = (name: string) => ({ name, file: 'services/a/src/a.spec.ts', status: 'passed' });

describe('the coverage page', () => {
  it('names for each row what carries it, what shows it, or that it is open', () => {
    const text = page([requirement('P003-35'), requirement('P003-36'), requirement('P003-01', 'out-of-scope (preamble)')],
      new Map([['P003-35', ['services/intake/src/complaint/complaint.ts']]]), [passed('P003-35 is answered in time')]);
    expect(text).toContain('| P003-35 | Reply in 24 hours \\| always | `intake/complaint/complaint` | `a/a.spec` | shown |');
    expect(text).toMatch(/\| P003-36 \|.*\| open \|/);
    expect(text).toMatch(/\| P003-01 \|.*\| out of scope \|/);
  });

  it('fails on an id that is no requirement, in code and in a test name', () => {
    expect(faults(new Set(['P003-35']), new Map([['P009-01', ['x.ts']]]), [])).toEqual(['P009-01 is cited in x.ts but is no requirement']);
    expect(faults(new Set(['P003-35']), new Map(), [passed('P003-99 x')])).toHaveLength(1);
  });

  it('fails on a cited test that does not run or does not pass, and on a spec file that cannot start', () => {
    const known = new Set(['P003-35']);
    expect(faults(known, new Map(), [{ ...passed('P003-35 x'), status: 'pending' }])).toHaveLength(1);
    expect(faults(known, new Map(), [{ ...passed('no id'), status: 'failed' }])).toHaveLength(1);
    expect(faults(known, new Map(), [passed('P003-35 x')])).toEqual([]);
  });

  it('reads ids and nothing that only looks like one', () => {
    expect([...idsIn('P002A-07, P003-1, XP003-35 and P001E-36')]).toEqual(['P002A-07', 'P001E-36']);
  });
});
