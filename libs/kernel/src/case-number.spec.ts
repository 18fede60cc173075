import { caseNumber } from './index.js';

describe('the number people quote', () => {
  it('names year and case alike in every department', () => {
    expect(caseNumber('CMP', '019cdb9e-9c00-7000-8000-00000000c0de')).toBe('CMP-2026-0000-1G6Y');
  });

  it('carries the round where every round has its own record', () => {
    expect(caseNumber('APR', '019cdb9e-9c00-7000-8000-00000000c0de.2')).toBe('APR-2026-0000-1G6Y.2');
  });
});
