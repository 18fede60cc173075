import type { Comparison, ComparisonCell } from './comparison.js';

export function headOf({ columns }: Comparison): readonly string[] {
  return ['', ...columns];
}

/** The figure, and in brackets how many times better ours on the same engine was. */
export function cellText(cell: ComparisonCell | null): string {
  if (cell === null) return '–';
  return cell.ours === null ? figureText(cell.figure) : `${figureText(cell.figure)} (${timesText(cell.ours)})`;
}

function timesText(times: number): string {
  return `${times.toFixed(times >= 10 ? 0 : times >= 1 ? 1 : 2)} ×`;
}

function figureText(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(value >= 10 ? 1 : 2);
}
