import { SingleBar } from 'cli-progress';
import type { Terminal } from '../../terminal.js';

const LINE_EVERY_MS = 2_000;

export interface Progress {
  update(done: number, differences: number): void;
  end(): void;
}

/** A bar on a screen, a line now and then elsewhere; always beside the results. */
export function progressOver(terminal: Terminal, cases: number, now: () => number = Date.now): Progress {
  const began = now();
  const rate = (done: number): number => Math.round((done * 1_000) / Math.max(1, now() - began));
  if (terminal.live) {
    const bar = new SingleBar({ format: '{bar} {percentage} %  {value} of {total} cases  {rate} cases/s  {differences} differences', hideCursor: true, barsize: 28, stream: process.stderr });
    bar.start(cases, 0, { rate: '-', differences: 0 });
    return { update: (done, differences) => { bar.update(done, { rate: rate(done), differences }); }, end: () => { bar.stop(); } };
  }
  let told = began;
  return {
    update: (done, differences) => {
      if (done < cases && now() - told < LINE_EVERY_MS) return;
      told = now();
      terminal.err(`${done} of ${cases} cases, ${rate(done)} cases/s, ${differences} differences`);
    },
    end: () => undefined,
  };
}
