import { readFileSync } from 'node:fs';

/** The system cannot start. The message is for people and says what to do. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

const LAST_BYTES = 4_000;

/** The last line of a log that says something, cut to a readable length; empty when there is none. */
export function lastWords(logFile: string): string {
  try {
    const lines = readFileSync(logFile, 'utf8').slice(-LAST_BYTES).split('\n').map((line) => line.trim());
    const telling = lines.filter((line) => line !== '' && !line.startsWith('at ') && !/^Node\.js v|^\^+$|^[{}]$/.test(line));
    const error = telling.findLast((line) => /error/i.test(line)) ?? telling.at(-1) ?? '';
    return error.slice(0, 200);
  } catch {
    return '';
  }
}
