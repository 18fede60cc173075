import { LONGEST_RECORD } from './source-row.js';

/** One physical line without its end; `text` is null for a line too long to be held. */
export interface Line {
  readonly number: number;
  readonly text: string | null;
}

/** Lines ended by LF, CRLF or CR, numbered from 1 as an editor does. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  let held = '';
  let number = 0;
  let dropping = false;
  const end = (text: string): Line => {
    const line = { number: number += 1, text: dropping ? null : text };
    dropping = false;
    return line;
  };
  for await (const chunk of chunks) {
    held += chunk;
    let from = 0;
    for (let at = nextEnd(held, from); at >= 0; at = nextEnd(held, from)) {
      // Whether this CR stands alone shows only with the next chunk.
      if (held[at] === '\r' && at === held.length - 1) break;
      yield end(held.slice(from, at));
      from = at + (held[at] === '\r' && held[at + 1] === '\n' ? 2 : 1);
    }
    held = held.slice(from);
    if (held.length > LONGEST_RECORD) [held, dropping] = ['', true];
  }
  const last = held.replace(/\r$/, '');
  if (last !== '' || dropping || held !== '') yield end(last);
}

function nextEnd(text: string, from: number): number {
  const lf = text.indexOf('\n', from);
  const cr = text.indexOf('\r', from);
  if (cr >= 0 && (lf < 0 || cr < lf)) return cr;
  return lf;
}
