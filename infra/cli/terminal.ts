import { stripVTControlCharacters } from 'node:util';

/** Where a command writes: results to `out`, everything else to `err`, so that a pipe carries results only. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** True when `err` is a screen on which a line can be rewritten. */
  readonly live: boolean;
  /** True when it takes the codes of colours; whoever does not is given plain text, whatever the environment asks for. */
  readonly colours?: boolean;
}

export const screen: Terminal = {
  out: (text) => { process.stdout.write(`${fitFor(process.stdout, text)}\n`); },
  err: (text) => { process.stderr.write(`${fitFor(process.stderr, text)}\n`); },
  live: process.stderr.isTTY === true,
  colours: true,
};

/**
 * The library of colours also colours for a build server (`CI`), whose pipes and files would then carry codes into
 * `grep` and spreadsheets: a pipe gets them only if somebody asked (`FORCE_COLOR`).
 */
function fitFor(stream: { readonly isTTY?: boolean }, text: string): string {
  return stream.isTTY === true || process.env['FORCE_COLOR'] ? text : stripVTControlCharacters(text);
}

/** The terminal as commands see it: theirs to colour, the codes taken out for one that does not take them. */
export function withoutCodes(terminal: Terminal): Terminal {
  if (terminal.colours) return terminal;
  return { ...terminal, out: (text) => terminal.out(stripVTControlCharacters(text)), err: (text) => terminal.err(stripVTControlCharacters(text)) };
}

/** `head`, `less` and the like may close the pipe early: that ends the command quietly instead of as a crash. */
export function endQuietlyWhenPipeCloses(): void {
  if (process.stdout.listeners('error').includes(endOnClosedPipe)) return;
  process.stdout.on('error', endOnClosedPipe);
}

function endOnClosedPipe(error: NodeJS.ErrnoException): never {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
}
