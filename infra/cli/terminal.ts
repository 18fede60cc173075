/** Where a command writes: results to `out`, everything else to `err`, so that a pipe carries results only. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** True when `err` is a screen on which a line can be rewritten. */
  readonly live: boolean;
}

export const screen: Terminal = {
  out: (text) => { process.stdout.write(`${text}\n`); },
  err: (text) => { process.stderr.write(`${text}\n`); },
  live: process.stderr.isTTY === true,
};

/** `head`, `less` and the like may close the pipe early: that ends the command quietly instead of as a crash. */
export function endQuietlyWhenPipeCloses(): void {
  if (process.stdout.listeners('error').includes(endOnClosedPipe)) return;
  process.stdout.on('error', endOnClosedPipe);
}

function endOnClosedPipe(error: NodeJS.ErrnoException): never {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
}
