/** What stands at one place of a CSV text. `next` is where the following record begins. */
export type Scan =
  | { readonly found: 'record'; readonly values: readonly string[]; readonly next: number }
  /** The text ends inside the record. */
  | { readonly found: 'more' }
  /** A quoted field is followed by something that is no delimiter. */
  | { readonly found: 'stray-quote' };

interface Field { readonly value: string; readonly end: number }

/**
 * Reads one record of RFC 4180 with any one-character delimiter: quoted fields may hold delimiters, quotes and line
 * ends; a quote inside an unquoted field is a character. `whole`: nothing follows the text.
 */
export function scanRecord(text: string, from: number, delimiter: string, whole: boolean): Scan {
  const values: string[] = [];
  for (let at = from; ;) {
    const field = text[at] === '"' ? quoted(text, at, delimiter, whole) : unquoted(text, at, delimiter);
    if (typeof field === 'string') return { found: field };
    values.push(field.value);
    const ends = text[field.end];
    if (ends === delimiter) {
      at = field.end + 1;
      continue;
    }
    if (ends === undefined) return whole ? { found: 'record', values, next: field.end } : { found: 'more' };
    if (ends === '\r' && field.end + 1 === text.length && !whole) return { found: 'more' };
    return { found: 'record', values, next: field.end + (ends === '\r' && text[field.end + 1] === '\n' ? 2 : 1) };
  }
}

function unquoted(text: string, from: number, delimiter: string): Field {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(from, end), end };
}

function quoted(text: string, from: number, delimiter: string, whole: boolean): Field | 'more' | 'stray-quote' {
  let escaped = false;
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || (quote + 1 === text.length && !whole)) return 'more';
    if (text[quote + 1] === '"') {
      escaped = true;
      at = quote + 2;
      continue;
    }
    const after = text[quote + 1];
    if (after !== undefined && after !== delimiter && after !== '\n' && after !== '\r') return 'stray-quote';
    const value = text.slice(from + 1, quote);
    return { value: escaped ? value.replaceAll('""', '"') : value, end: quote + 1 };
  }
}
