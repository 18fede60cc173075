import { SingleBar } from 'cli-progress';
import type { Tally } from './tally.js';

/** Where progress goes: a bar on a screen, a line now and then elsewhere. */
export interface ProgressOutput {
  readonly live: boolean;
  err(text: string): void;
}

export interface ImportProgress {
  update(tally: Tally): void;
  end(): void;
}

const LINE_EVERY_MS = 2_000;

/** `already`: rows settled by an earlier part, which say nothing about the speed of this one. */
export function importProgress(output: ProgressOutput, rows: number, already: number, now: () => number = Date.now): ImportProgress {
  const began = now();
  const rate = ({ read }: Tally): number => ((read - already) * 1_000) / Math.max(now() - began, 1);
  return output.live ? bar(rows, already, rate) : lines(output, rows, rate, now);
}

function bar(rows: number, already: number, rate: (tally: Tally) => number): ImportProgress {
  const shown = new SingleBar({
    format: '{bar} {percentage} %  {value} of {total} rows  {rate} rows/s  {refused} refused  {left}', hideCursor: true, barsize: 28, stream: process.stderr,
  });
  shown.start(rows, already, { rate: '-', refused: 0, left: '' });
  return {
    update: (tally) => shown.update(tally.read, { rate: Math.round(rate(tally)), refused: tally.refused, left: left(rows, tally, rate(tally)) }),
    end: () => shown.stop(),
  };
}

function lines(output: ProgressOutput, rows: number, rate: (tally: Tally) => number, now: () => number): ImportProgress {
  let told = now();
  return {
    update: (tally) => {
      if (now() - told < LINE_EVERY_MS) return;
      told = now();
      output.err(progressLine(rows, tally, rate(tally)));
    },
    end: () => undefined,
  };
}

export function progressLine(rows: number, tally: Tally, rowsPerSecond: number): string {
  return `${tally.read} of ${rows} rows, ${Math.round(rowsPerSecond)} rows/s, ${tally.refused} refused, ${left(rows, tally, rowsPerSecond)}`;
}

function left(rows: number, { read }: Tally, rowsPerSecond: number): string {
  if (read >= rows) return 'done';
  return rowsPerSecond > 0 ? `${Math.ceil((rows - read) / rowsPerSecond)} s left` : 'waiting';
}
