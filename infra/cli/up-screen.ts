import colors from 'picocolors';
import type { Progress } from '../launcher/progress.js';
import type { Terminal } from './terminal.js';
import { elapsed } from './time.js';

const QUIET_MS = 5_000;

/** One line of the start-up as people read it. */
export function progressLine(progress: Progress): string {
  const name = progress.service.padEnd(10);
  switch (progress.kind) {
    case 'leftover-ended': return `${colors.yellow('!')} ${name} ended: a killed launcher had left it running`;
    case 'starting': return `${colors.dim('·')} ${name} starting`;
    case 'waiting': return `${colors.dim('·')} ${name} ${elapsed(progress.elapsedMs)}, ${progress.why}`;
    case 'ready': return `${colors.green('✓')} ${name} ready after ${elapsed(progress.elapsedMs)}`;
    case 'crashed': return `${colors.red('✗')} ${name} ended with ${progress.how}; starts again in ${elapsed(progress.retryInMs)}`;
    case 'stopping': return `${colors.dim('·')} ${name} stopping`;
    case 'stopped': return `${colors.dim('✓')} ${name} stopped${progress.forced ? ' by force: it did not end when asked' : ''}`;
    default: return progress satisfies never;
  }
}

/** Shows progress: on a screen one line per service that changes in place, else a line per news. */
export function progressScreen(terminal: Terminal, now: () => number = Date.now): (progress: Progress) => void {
  return terminal.live ? rewritingBlock(terminal) : newsLines(terminal, now);
}

function rewritingBlock(terminal: Terminal): (progress: Progress) => void {
  const lines = new Map<string, string>();
  let drawn = 0;
  return (progress) => {
    const line = progressLine(progress);
    if (lines.get(progress.service) === line) return;
    lines.set(progress.service, line);
    const up = drawn > 0 ? `\u001b[${drawn}A` : '';
    terminal.err(`${up}${[...lines.values()].map((text) => `\u001b[2K${text}`).join('\n')}`);
    // A crash later on must not be painted over lines that other output has pushed away.
    drawn = [...lines.keys()].length;
  };
}

function newsLines(terminal: Terminal, now: () => number): (progress: Progress) => void {
  const lastWait = new Map<string, number>();
  return (progress) => {
    if (progress.kind === 'waiting') {
      const since = lastWait.get(progress.service);
      if (since === undefined) lastWait.set(progress.service, now());
      if (since === undefined || now() - since < QUIET_MS) return;
      lastWait.set(progress.service, now());
    }
    terminal.err(progressLine(progress));
  };
}
