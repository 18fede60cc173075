/** Why a row cannot become a case. `row` and `key` say which one; values of a customer are never repeated here. */
export interface RowRefusal {
  readonly code: string;
  /** Member of the command, or column of the file. */
  readonly field?: string;
  /** Catalogue id or name of the check. */
  readonly rule?: string;
  readonly zh: string;
  readonly en: string;
}

/** One row of a register: its number as a person sees it in the file, and its cells by column, or why it cannot be read. */
export type SourceRow =
  | { readonly row: number; readonly cells: Readonly<Record<string, string>> }
  | { readonly row: number; readonly refusal: RowRefusal };

/** The file as a whole cannot be read with this mapping; nothing of it was taken. */
export class RegisterUnreadable extends Error {
  override readonly name = 'RegisterUnreadable';
}

/** Bounds the memory of one row; a longer one is a broken file. Characters. */
export const LONGEST_RECORD = 1_000_000;

export const TOO_LONG: RowRefusal = {
  code: 'row-too-long', zh: '该行过长，无法读取。', en: `The row is longer than ${LONGEST_RECORD} characters.`,
};

// U+FFFD is what decoders leave where bytes had no meaning; half a surrogate pair has no faithful record.
const UNDECODABLE = /\ufffd|\p{Surrogate}/u;

/** Cells by column name, or the reason why they cannot be taken. */
export function rowOf(row: number, columns: readonly string[], values: readonly string[]): SourceRow {
  if (values.length !== columns.length) {
    return { row, refusal: {
      code: 'column-count', zh: `应有 ${columns.length} 列，实为 ${values.length} 列。`, en: `The row has ${values.length} columns where the head has ${columns.length}.`,
    } };
  }
  const cells: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let i = 0; i < columns.length; i += 1) {
    const [column, value] = [columns[i] as string, values[i] as string];
    if (UNDECODABLE.test(value)) return { row, refusal: undecodable(column) };
    cells[column] = value;
  }
  return { row, cells };
}

export function undecodable(column: string): RowRefusal {
  return {
    code: 'undecodable', field: column,
    zh: '有字节不符合所声明的编码，原文无法还原。', en: 'Some bytes have no meaning in the declared encoding; what was written cannot be known.',
  };
}

/** @throws RegisterUnreadable when a name is empty or used twice: which column is meant would be chance. */
export function columnsOf(head: readonly string[] | undefined): readonly string[] {
  if (!head || head.every((name) => name.trim() === '')) throw new RegisterUnreadable('the file has no head line with column names');
  const columns = head.map((name) => name.trim());
  const twice = columns.find((name, place) => name !== '' && columns.indexOf(name) !== place);
  if (twice !== undefined) throw new RegisterUnreadable(`the column "${twice}" appears twice in the head line`);
  return columns.map((name, place) => name || `#${place + 1}`);
}
