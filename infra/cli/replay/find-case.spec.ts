import { caseIdOf } from './find-case.js';

const BY_PATH: Readonly<Record<string, readonly object[]>> = {
  '/intake/complaints?number=CMP-2026-7K3F-Q9XB': [{ key: 'c-1' }],
  '/billing/approvals?number=APR-2026-7K3F-Q9XB.2': [{ key: 'c-1.2', caseId: 'c-1' }],
  '/billing/approvals?number=APR-2026-SQ1W-MG75': [{ key: 'fee', caseId: null }],
  '/logistics/returns?number=RET-2026-SQ1W-MG75': [{ key: 'one', caseId: null }, { key: 'two', caseId: null }],
};
const found = (reference: string): Promise<string> => caseIdOf(reference, { get: <T>(path: string) => Promise.resolve({ items: BY_PATH[path] ?? [] } as T) });

describe('the case that a number stands for', () => {
  it.each([
    ['CMP-2026-7K3F-Q9XB', 'c-1'], ['cmp-2026-7k3f-q9xb', 'c-1'], ['01a2049e-b47c-7815-a5d3-efcdc3ca40e5', '01a2049e-b47c-7815-a5d3-efcdc3ca40e5'],
    ['APR-2026-7K3F-Q9XB.2', 'c-1'], ['apr-2026-sq1w-mg75', 'fee'],
  ])('%s is %s', async (reference, id) => {
    expect(await found(reference)).toBe(id);
  });

  it('is not chosen among several, and one that nobody has is not found', async () => {
    await expect(found('RET-2026-SQ1W-MG75')).rejects.toThrow(/2 cases have the number .*one, two/);
    await expect(found('APR-2026-0000-0000')).rejects.toThrow(/there is no APR-2026-0000-0000/);
    await expect(found('CMP-2026-0000-0000')).rejects.toThrow(/there is no case/);
  });
});
