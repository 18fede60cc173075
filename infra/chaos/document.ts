import { machineLines } from './machine-lines.js';
import { HEAD, rowsOf, findingsOf, type ChaosResult } from './result.js';
import { isSound } from './run-suite.js';
import { SUITES } from './suites.js';
import { NOT_TESTED } from './not-tested.js';

/** The result as a page of the documentation. Generated, so that no figure in it was typed by hand. */
export function documentOf(result: ChaosResult): string {
  const bad = result.suites.filter((ran) => !isSound(ran));
  const missing = SUITES.filter(({ name }) => !result.suites.some(({ suite }) => suite === name));
  return [
    '# Reliability', '',
    'Written by `npm run chaos -- --write-docs` from one run on one machine, or from runs of one seed that shared its suites; do not edit. How to run it and how to have a run again: [chaos](chaos.md).',
    'Targets are those of a release, at scale 1. Lost: acknowledged and not in the log once, or an event without its effect downstream. Doubled: in the log, or an effect, more than once.',
    'Unknown: the client got no answer, so that both is right. Refused ones must not be found.', '',
    ...machineLines(result).map(([name, value]) => `- ${name}: ${value}`), '',
    row(HEAD), row(HEAD.map(() => '---')), ...rowsOf(result).map(row), '',
    '## What was found', '',
    ...(bad.length === 0 ? [`Nothing acknowledged was lost and nothing was doubled in this run${result.scale < 1 ? ', which was a scaled-down one' : ''}.`] : bad.flatMap((ran) => findingsOf(ran).map((line) => `- ${line}`))), '',
    ...notReached(result, missing.map(({ name }) => name)),
    '## What was done', '',
    ...SUITES.map(({ name, about }) => `- **${name}**: ${about}.${(result.suites.find(({ suite }) => suite === name)?.notes ?? []).map((note) => ` This time: ${note}.`).join('')}`), '',
    '## Planted bugs', '',
    'A suite that is silent proves nothing until it has spoken. `npm run chaos -- --planted` runs each with these faults of our own making and fails when one is not noticed:', '',
    ...SUITES.map(({ name, plants }) => `- **${name}** (${Object.keys(plants).length}): ${Object.values(plants).join('; ')}.`), '',
    NOT_TESTED, '',
  ].join('\n');
}

function notReached({ suites }: ChaosResult, missing: readonly string[]): string[] {
  const lines = [
    ...missing.map((name) => `- ${name} was not part of this run.`), ...suites.flatMap(({ suite, skipped }) => (skipped ? [`- ${suite} did not run here: ${skipped}.`] : [])),
    ...suites.flatMap(({ figures }) => figures.filter(({ reached, target }) => reached < target).map(({ what, target, reached }) => `- ${what}: ${reached} of ${target}.`)),
  ];
  return lines.length === 0 ? [] : ['## What was not reached', '', ...lines, ''];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
