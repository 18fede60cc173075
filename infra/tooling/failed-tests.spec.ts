import { failedTests } from './failed-tests.reporter.mjs';

const suite = { testFilePath: '/p/libs/a.spec.ts', testResults: [] };
const red = (fullName: string, reason: string) => ({ status: 'failed', fullName, failureMessages: [reason] });

describe('the end of a test run', () => {
  it('says nothing of what is green', () => {
    expect(failedTests([{ ...suite, testResults: [{ status: 'passed', fullName: 'is well', failureMessages: [] }] }], '/p')).toEqual([]);
  });

  it('names each red test with the first line of its reason, without colours', () => {
    const tests = [red('a log is kept', '\u001b[31mError: lost\u001b[39m\n    at x'), { status: 'passed', fullName: 'is well', failureMessages: [] }, red('a log is read', '\n  late')];
    expect(failedTests([{ ...suite, testResults: tests }], '/p')).toEqual(['red: libs/a.spec.ts: a log is kept: Error: lost', 'red: libs/a.spec.ts: a log is read: late']);
  });

  it('names a suite that could not even begin', () => {
    expect(failedTests([{ ...suite, testExecError: { message: 'no such module' }, failureMessage: 'x' }, { ...suite, failureMessage: '● broken file\n\n at y' }], '/p'))
      .toEqual(['red: libs/a.spec.ts did not run: no such module', 'red: libs/a.spec.ts did not run: ● broken file']);
  });
});
