/** Characters that a terminal shows two columns wide: Chinese, its punctuation and its full-width forms. */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const NARROWEST = 8;
const GAP = 2;

/** Columns that a text takes on a terminal. */
export function shownWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/**
 * Columns side by side under a rule, cells wrapped so that no line is wider than `width` columns unless the columns
 * would become too narrow to read. @param rows cells as lines
 */
export function textTable(head: readonly string[], rows: readonly (readonly (readonly string[])[])[], width: number): string {
  const wanted = head.map((title, at) => Math.max(...[[title], ...rows.map((row) => row[at] ?? [])].flat().map(shownWidth)));
  const widths = fitted(wanted, width - GAP * (head.length - 1));
  const block = (cells: readonly (readonly string[])[]): string[] => {
    const wrapped = cells.map((cell, at) => cell.flatMap((line) => wrap(line, widths[at] ?? NARROWEST)));
    const height = Math.max(1, ...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => wrapped.map((cell, at) => padded(cell[line] ?? '', widths[at] ?? 0)).join(' '.repeat(GAP)).trimEnd());
  };
  const rule = widths.map((columns) => '─'.repeat(columns)).join(' '.repeat(GAP));
  const several = rows.some((row) => row.some(({ length }) => length > 1));
  const body = rows.map(block).flatMap((lines, at) => (several && at > 0 ? ['', ...lines] : lines));
  return [...block(head.map((title) => [title])), rule, ...body].join('\n');
}

/** Takes from the widest column until all fit. */
function fitted(wanted: readonly number[], room: number): number[] {
  const widths = [...wanted];
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - shownWidth(text)));

/** Breaks at blanks and between Chinese characters; a word that is too long is cut, and nothing is lost. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (line !== '' && shownWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
    while (shownWidth(line.trimEnd()) > width) {
      const head = firstColumns(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line.trimEnd() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

/** Words with the blanks behind them, and Chinese characters one by one with the punctuation that may not begin a line. */
const pieces = (text: string): readonly string[] => text.match(/[^\s\u2e80-\ua4cf\uff00-\uff60]+\s*|[\u2e80-\ua4cf\uff00-\uff60][，。；：、）」》]*\s*|\s+/g) ?? [];

/** As much as fits; a key is rather cut behind a dot or a line than within a word. */
function firstColumns(text: string, width: number): string {
  let head = '';
  for (const character of text) {
    if (head !== '' && shownWidth(head + character) > width) break;
    head += character;
  }
  return /^(.*[._-])[^._-]*$/.exec(head)?.[1] ?? head;
}
