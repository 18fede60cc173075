import Table from 'cli-table3';
import colors from 'picocolors';

const NO_LINES = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
};

/** Columns under a head, aligned by what the terminal shows: a Chinese character is two cells wide. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({ head: head.map((title) => colors.dim(title)), chars: NO_LINES, style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } });
  made.push(...rows.map((row) => [...row]));
  return made.toString().split('\n').map((line) => line.trimEnd()).join('\n');
}

/** Name and value per line, without the lines that have no value. */
export function facts(pairs: readonly (readonly [string, string | null | undefined])[]): string {
  const made = new Table({ chars: NO_LINES, style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } });
  made.push(...pairs.filter(([, value]) => value).map(([name, value]) => [colors.dim(name), value as string]));
  return made.toString().split('\n').map((line) => line.trimEnd()).join('\n');
}

/** Text from a record must not move the cursor or recolour the screen of whoever reads it. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters to keep out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
}
