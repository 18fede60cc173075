import { refuse, type Bilingual, type Refusal } from 'aftercare/kernel';

/** Most rows of one batch: about what one group commit takes. */
export const IMPORT_ROWS_MOST = 250;
/** Most characters of the name of a register and of a row's key: together they are the row's command id. */
export const IMPORT_NAME_LONGEST = { register: 60, key: 100 } as const;

export interface ImportRow {
  /** Identity of the row in its register, as people quote it. */
  readonly key: string;
  /** A RegisterComplaint without `source`, which register and key say already. */
  readonly command: Readonly<Record<string, unknown>>;
}

/** Body of `POST /complaints/import`. */
export interface ImportBatch {
  readonly register: string;
  readonly rows: readonly ImportRow[];
}

/** Why one row is no case. */
export interface ImportProblem {
  readonly code: string;
  readonly field?: string;
  readonly rule?: string;
  readonly detail_en: string;
  readonly detail_zh: string;
}

/** One per row, in the order of the rows. `repeated`: this row was a case already. */
export type ImportRowResult =
  | { readonly key: string; readonly receipt: { readonly id: string; readonly number?: string; readonly repeated: boolean } }
  | { readonly key: string; readonly problem: ImportProblem };

/**
 * Reads the frame only; what is wrong inside a command is a matter of its row. Not a DTO, because one check over the
 * whole body would refuse all rows for one.
 */
export function readImportBatch(body: unknown): ImportBatch | Refusal {
  if (!isObject(body)) return wrong('body', { zh: '内容必须是一个 JSON 对象', en: 'must be a JSON object' });
  const { register, rows, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return wrong(unknown.slice(0, 100), { zh: '不认识的成员', en: 'is not a known member' });
  if (!isName(register, IMPORT_NAME_LONGEST.register)) return wrong('register', named(IMPORT_NAME_LONGEST.register));
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > IMPORT_ROWS_MOST) {
    return wrong('rows', { zh: `须为 1 至 ${IMPORT_ROWS_MOST} 行`, en: `must be a list of 1 to ${IMPORT_ROWS_MOST} rows` });
  }
  return firstWrong(rows) ?? { register, rows: rows as ImportRow[] };
}

function firstWrong(rows: readonly unknown[]): Refusal | null {
  for (const [place, row] of rows.entries()) {
    if (!isObject(row) || Object.keys(row).some((member) => member !== 'key' && member !== 'command')) {
      return wrong(`rows.${place}`, { zh: '须为 { key, command }', en: 'must be { key, command }' });
    }
    if (!isName(row['key'], IMPORT_NAME_LONGEST.key)) return wrong(`rows.${place}.key`, named(IMPORT_NAME_LONGEST.key));
    if (!isObject(row['command'])) return wrong(`rows.${place}.command`, { zh: '必须是对象', en: 'must be an object' });
  }
  return null;
}

function named(most: number): Bilingual {
  return { zh: `须为 1 至 ${most} 个字符的单行文字`, en: `must be 1 to ${most} characters on one line` };
}

function isName(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= most && !/\p{Cc}/u.test(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(field: string, { zh, en }: Bilingual): Refusal {
  return refuse('invalid-input', { zh: `${field}：${zh}。`, en: `${field} ${en}.` }, { field });
}
