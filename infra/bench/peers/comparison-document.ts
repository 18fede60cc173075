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
    'Durability was read back from the running engine, and a contestant that does not wait for the disk is not measured; our sqlite store is the exception: nobody else can ask its',
    'connection, and it refuses to open unless it reads back FULL itself. Bare loops are the ceiling: they check nothing, keep no receipt and no index of the log. JetStream is the floor of a message, not a store: it answers before the disk has it.', '',
    ...reading(comparisons),
    ...comparisons.flatMap(section),
    '### Who took part, and how', '',
    ...[...field.values()].map(({ title, version, durability, chosen }) => `- **${title}** ${version}; ${durability}. ${upper(chosen)}.`), '',
  ];
}

/** Said in words what a reader would otherwise have to look for: first where another store was better. */
function reading(comparisons: readonly Comparison[]): readonly string[] {
  const cells = comparisons.flatMap(({ what, columns, lines }) => lines.filter(({ standing }) => standing === 'peer')
    .flatMap((line) => line.cells.flatMap((cell, i) => (cell === null || cell.ours === null ? [] : [{ where: `${what}, ${columns[i] ?? ''}`, who: line.title, ours: cell.ours }]))));
  const better = cells.filter(({ ours }) => ours < 1).sort((a, b) => a.ours - b.ours);
  return [
    '### In short', '',
    `Of ${cells.length} figures of other event stores, ${cells.length - better.length} were no better than ours on the same engine and ${better.length} were better${better.length > 0 ? ':' : '.'}`, '',
    ...better.map(({ where, who, ours }) => `- ${where}: **${who}**, ours reached ${ours.toFixed(2)} of it`), ...(better.length > 0 ? [''] : []),
    'One writer waits for the disk once per append in every store here; no design can share that, so figures of one writer lie close together where a sync takes most of an append.',
    'From eight writers on, stores that let appends share a sync pull away. Ours also keeps what most others do not: a dense index of the whole log, a receipt per command, one canonical form.', '',
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
