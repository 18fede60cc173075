import { lastOf, P99_MS, SCALE_HEAD, scaleRows } from './scale-table.js';
import type { ScaleResult } from './stops.js';

/** The part of the performance page about large logs; nothing when none was measured. */
export function asTheLogGrows(results: readonly ScaleResult[]): readonly string[] {
  if (results.length === 0) return [];
  return [
    '## As the log grows', '',
    'One intake log of realistic cases (what the deciders record for seven kinds of case in their usual mix, a thousand cases open side by side) grows and is measured at each size.',
    'One case: read by its correlation id, decoded and folded, up to 3,000 cases from all over the log. Rebuild: all read models of intake beside the live ones, which end the same; folded in one thread, where departments take two from 500,000 events on.',
    'RSS and live heap: second tenth of the rebuild … last tenth; flat means that the second figure is not much above the first.', '',
    ...results.flatMap(section),
  ];
}

function section(result: ScaleResult): readonly string[] {
  const { engine, measuredAt, seconds } = result;
  const { events, replay } = lastOf(result);
  const verdict = replay.p99Ms <= P99_MS ? 'met' : '**missed**';
  return [
    `### ${engine}`, '', `Measured ${measuredAt} in ${seconds} s. One case at ${events.toLocaleString('en-US')} events, p99: ${replay.p99Ms.toFixed(2)} ms, target ${P99_MS} ms: ${verdict}.`, '',
    row(SCALE_HEAD), row(SCALE_HEAD.map(() => '---:')), ...scaleRows(result).map(row), '',
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
