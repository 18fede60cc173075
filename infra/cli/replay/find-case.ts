import type { Connection } from '../connection.js';
import { CliFailure, EXIT } from '../exit-codes.js';

const CASE_ID = /^[0-9a-zA-Z][0-9a-zA-Z_.:-]{0,99}$/;
const NUMBER = /^([A-Za-z]{3})-\d{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}$/;

/** Where intake lists the cases of a number's kind. */
export const REGISTERS = { complaint: 'complaints', inquiry: 'inquiries', suggestion: 'suggestions' } as const;
const REGISTER_OF = { CMP: REGISTERS.complaint, INQ: REGISTERS.inquiry, SUG: REGISTERS.suggestion } as const;
export type CaseKind = keyof typeof REGISTER_OF;

/** Where the numbers are listed of what belongs to a case or, such as a fee or a return that was asked for by itself, is one. */
const RECORDS = { APR: '/billing/approvals', RET: '/logistics/returns' } as const;
/** What exists once per round of a case carries the round. */
const RECORD_NUMBER = /^(APR|RET)-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(\.\d{1,3})?$/;

/** The id of a case from its id, its number, or that of an approval or a return, in whichever case it was typed. @throws CliFailure */
export async function caseIdOf(reference: string, connection: Pick<Connection, 'get'>): Promise<string> {
  const record = RECORD_NUMBER.exec(reference.toUpperCase());
  if (record) return caseOfRecord(record[0], RECORDS[record[1] as keyof typeof RECORDS], connection);
  const read = readReference(reference);
  return 'id' in read ? read.id : idOfNumber(read.number, REGISTER_OF[read.kind], connection);
}

export type CaseReference = { readonly id: string } | { readonly number: string; readonly kind: CaseKind };

/** What was typed for a case, a number in capitals. @throws CliFailure */
export function readReference(reference: string): CaseReference {
  const number = reference.toUpperCase();
  const kind = NUMBER.exec(number)?.[1];
  if (kind !== undefined && Object.hasOwn(REGISTER_OF, kind)) return { number, kind: kind as CaseKind };
  if (CASE_ID.test(reference) && kind === undefined) return { id: reference };
  throw new CliFailure(EXIT.usage, `"${reference}" is neither a case id nor a number such as CMP-2026-7K3F-Q9XB.`);
}

/** A number is computed from the id and two cases may share one, so both are named rather than one chosen. */
async function idOfNumber(number: string, register: string, connection: Pick<Connection, 'get'>): Promise<string> {
  const { items } = await connection.get<{ items: readonly { key: string }[] }>(`/intake/${register}?number=${number}`);
  const only = onlyOne(number, items.map(({ key }) => key));
  if (only === null) throw new CliFailure(EXIT.notFound, `there is no case ${number}: \`aftercare case list\` shows the numbers there are.`);
  return only;
}

async function caseOfRecord(number: string, list: string, connection: Pick<Connection, 'get'>): Promise<string> {
  const { items } = await connection.get<{ items: readonly { key: string; caseId: string | null }[] }>(`${list}?number=${number}`);
  const only = onlyOne(number, [...new Set(items.map(({ key, caseId }) => caseId ?? key))]);
  if (only === null) throw new CliFailure(EXIT.notFound, `there is no ${number}: GET ${list} shows the numbers there are.`);
  return only;
}

/** Null where there is none. @throws CliFailure naming all where there are several */
export function onlyOne(number: string, ids: readonly string[]): string | null {
  if (ids.length > 1) throw new CliFailure(EXIT.usage, `${ids.length} cases have the number ${number}; name one by its id: ${ids.join(', ')}.`);
  return ids[0] ?? null;
}
