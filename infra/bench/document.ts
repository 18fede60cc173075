import { asTheLogGrows } from '../scale/scale-document.js';
import { besidePeers } from './peers/comparison-document.js';
import { cellsOf, HEAD, machineLines, type BenchResult } from './result.js';
import { WHY_MISSED } from './why-missed.js';

/** The result as a page of the documentation. Generated, so that no figure in it was typed by hand. */
export function documentOf(result: BenchResult): string {
  const missed = result.measures.filter(({ met }) => met === false);
  return [
    '# Performance', '',
    'Written by `npm run bench -- --write-docs` from one run on one machine; do not edit. Ours and the yardstick took turns, round by round;',
    'figures are medians, `rounds` gives the lowest and highest round of the judged figure. Other machines give other figures.',
    ...(result.quick ? ['This was a quick run (`--quick`): few rounds, rough figures.'] : []),
    ...(result.machine.loadBefore > result.machine.cores
      ? ['**Other programs kept the machine busy**, see `load before`: absolute figures and long tails say more about them than about us.'] : []), '',
    ...machineLines(result).filter(([name]) => name !== 'data folder').map(([name, value]) => `- ${name}: ${value}`),
    `- file system of the data folder: ${result.machine.fileSystem}`, '',
    row(HEAD), row(HEAD.map(() => '---')), ...result.measures.map((measure) => row(cellsOf(measure))), '',
    ...besidePeers(result), ...asTheLogGrows(result.scales),
    '## What was missed', '',
    ...(missed.length === 0 ? ['Nothing in this run.'] : missed.map(({ id, what, target }) => `- **${what}** (${target}): ${WHY_MISSED[id] ?? 'not explained yet.'}`)), '',
    '## What exactly was measured', '',
    ...result.measures.map(({ what, how }) => `- **${what}**: ${how}.`), '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
