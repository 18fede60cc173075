import { relative } from 'node:path';

const COLOURS = /\u001b\[[0-9;]*m/g;

/**
 * Ends the output of a run with one line for each red test. The reasons stand far above, and whoever is given only the
 * end of a long output, as a build server shows it, has to learn from it what was red.
 */
export default class FailedTests {
  onRunComplete(_, { testResults }) {
    const lines = failedTests(testResults, process.cwd());
    // At the exit, because jest writes its own summary of all reasons, thousands of lines, after every other reporter.
    process.once('exit', () => lines.forEach((line) => process.stderr.write(`${line}\n`)));
  }
}

/** One line a red test, or for a suite that could not run: file, full name, and the first line of the reason. */
export function failedTests(testResults, root) {
  return testResults.flatMap(({ testFilePath, testExecError, failureMessage, testResults: tests }) => {
    const file = relative(root, testFilePath);
    const red = tests.filter(({ status }) => status === 'failed');
    if (red.length > 0) return red.map(({ fullName, failureMessages: [reason] }) => `red: ${file}: ${fullName}: ${firstLine(reason)}`);
    return testExecError || failureMessage ? [`red: ${file} did not run: ${firstLine(testExecError?.message ?? failureMessage)}`] : [];
  });
}

function firstLine(reason = 'no reason given') {
  return reason.replaceAll(COLOURS, '').split('\n').map((line) => line.trim()).find((line) => line !== '') ?? 'no reason given';
}
