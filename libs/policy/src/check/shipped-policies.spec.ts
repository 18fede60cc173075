import { checkPolicies } from './check-policies.js';
import { readPolicyFiles } from './read-policy-files.js';

/** Roles belong to another library; that the shipped files name only roles that exist is shown where the command is. */
const files = await readPolicyFiles({}, []);
const { findings, counts } = checkPolicies(files);
const told = findings.filter(({ code }) => code !== 'unknown-role');

describe('The shipped policies', () => {
  it('hold one pack for each policy of the requirements and each regulation', () => {
    expect(counts.packs).toBeGreaterThanOrEqual(35);
    expect(counts.params).toBe(counts.bound + counts.unset);
  });

  it('leave nothing unbound, unused, contradictory or overlapping', () => {
    expect(told.map(({ code, file, key }) => `${code} ${file} ${String(key)}`)).toEqual([]);
  });

  it('keep both recall rules, one after the other', () => {
    const dates = ['CN-DRUG-RECALL-2007', 'CN-DRUG-RECALL-2022'].map((id) => files.packs.find(({ pack }) => pack.id === id)?.pack);
    expect(dates.map((pack) => [pack?.validFrom, pack?.validTo, pack?.supersedes])).toEqual([[null, '2022-10-31', undefined], ['2022-11-01', null, 'CN-DRUG-RECALL-2007']]);
  });
});
