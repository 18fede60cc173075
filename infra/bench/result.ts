import { facts, table } from '../cli/table.js';
import { SCALE_HEAD, scaleRows } from '../scale/scale-table.js';
import type { ScaleResult } from '../scale/stops.js';
import type { Machine } from './machine.js';
import type { Measure } from './measure.js';
import type { Comparison } from './peers/comparison.js';
import { cellText, headOf } from './peers/comparison-table.js';

/** What one run found out; also what `--json` writes. */
export interface BenchResult {
  readonly measuredAt: string;
  readonly quick: boolean;
  readonly seconds: number;
  readonly machine: Machine;
  readonly measures: readonly Measure[];
  readonly comparisons: readonly Comparison[];
  readonly scales: readonly ScaleResult[];
}

/** The result as people read it on a screen. */
export function printable(result: BenchResult): string {
  const rows = result.measures.map((measure) => cellsOf(measure));
  const judged = result.measures.filter(({ met }) => met !== null);
  const met = judged.filter((measure) => measure.met).length;
  return [
    facts(machineLines(result)), '', ...(rows.length > 0 ? [table(HEAD, rows), ''] : []),
    ...result.comparisons.flatMap((one) => [`${one.what}, ${one.unit}`, table(headOf(one), one.lines.map(({ title, cells }) => [title, ...cells.map((cell) => cellText(cell))])), '']),
    ...result.scales.flatMap((one) => [`A growing log, ${one.engine}`, table(SCALE_HEAD, scaleRows(one)), '']),
    `${met} of ${judged.length} targets met${result.quick ? ' (a quick run: figures are rough)' : ''}`,
  ].join('\n');
}

export const HEAD = ['measure', 'ours', 'yardstick', 'ratio', 'rounds', 'target', 'met'] as const;

export function cellsOf({ what, unit, ours, yardstick, ratio, spread, rounds, target, met }: Measure): string[] {
  const [low, high] = spread;
  const range = (show: (value: number) => string): string => (rounds > 1 ? `${show(low)} … ${show(high)}` : '');
  return [
    what, `${readable(ours)} ${unit}`, yardstick === null ? '' : readable(yardstick), ratio === null ? '' : ratio.toFixed(2),
    ratio === null ? range(readable) : range((value) => value.toFixed(2)), target ?? '', met === null ? '' : met ? 'yes' : 'NO',
  ];
}

export function machineLines({ machine, measuredAt, seconds }: BenchResult): readonly (readonly [string, string])[] {
  return [
    ['measured', `${measuredAt}, ${seconds} s`], ['processor', `${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB`],
    ['system', machine.system], ['node', machine.node], ['sqlite', machine.sqlite], ['nats-server', machine.nats], ['durability', machine.durability],
    ['data folder', `${machine.dataFolder} on ${machine.fileSystem}`], ['one sync', `${machine.syncMs} ms before the bench`], ['load before', `${machine.loadBefore} on ${machine.cores} cores`],
  ];
}

function readable(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 100 ? 0 : 1);
}
