import type { BenchResult } from '../result.js';
import { cellText, headOf } from './comparison-table.js';
import type { Comparison } from './comparison.js';
import type { Introduction } from './field.js';

/** The part of the page that compares; nothing when no peer was measured. */
export function besidePeers({ comparisons }: BenchResult): readonly string[] {
  if (comparisons.length === 0) return [];
  const field = new Map<string, Introduction>(comparisons.flatMap((comparison) => comparison.field).map((one) => [one.id, one]));
  return [
    '## Beside other event stores', '',
    'All in one process and one run, in rounds that take turns, on the same disk, PostgreSQL and nats-server, with the same events of about 900 bytes. In brackets: how many',
    'times better ours on the same engine was (below 1: the other was better), median over the rounds; JetStream is compared with ours on sqlite. A dash: it cannot do that.',
    'Durability was read back from the running engine, and a contestant that does not wait for the disk is not measured. Bare loops are the ceiling: they check nothing, keep no',
    'receipt and no index of the log. JetStream is the floor of a message, not a store: it answers before the disk has it.', '',
    ...comparisons.flatMap(section),
    '### Who took part, and how', '',
    ...[...field.values()].map(({ title, version, durability, chosen }) => `- **${title}** ${version}; ${durability}. ${upper(chosen)}.`), '',
  ];
}

function section(comparison: Comparison): readonly string[] {
  const { what, unit, how, lines } = comparison;
  const head = headOf(comparison);
  return [
    `### ${what}`, '', `${unit}; ${comparison.better} is better. ${upper(how)}.`, '',
    row(head), row(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...lines.map(({ title, cells }) => row([title, ...cells.map((cell) => cellText(cell))])), '',
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
