import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** Something that cannot be had. The message is one line and says what to do. */
export class CannotPrepare extends Error {}

/**
 * Shows that long work goes on: a running line on a terminal, else a line at the start and every fifteen seconds.
 * @returns a function that ends the line with its outcome
 */
export function working(what) {
  const began = Date.now();
  const terminal = process.stderr.isTTY;
  const seconds = () => ((Date.now() - began) / 1000).toFixed(0);
  if (!terminal) process.stderr.write(`aftercare: ${what} …\n`);
  const beat = setInterval(() => {
    process.stderr.write(terminal ? `\raftercare: ${what} … ${seconds()} s` : `aftercare: ${what} … ${seconds()} s\n`);
  }, terminal ? 500 : 15_000);
  return (outcome) => {
    clearInterval(beat);
    process.stderr.write(`${terminal ? '\r\u001b[K' : ''}aftercare: ${what}: ${outcome} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
  };
}
