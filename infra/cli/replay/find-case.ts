import type { Connection } from '../connection.js';
import { CliFailure, EXIT } from '../exit-codes.js';

const CASE_ID = /^[0-9a-zA-Z][0-9a-zA-Z_.:-]{0,99}$/;
const NUMBER = /^([A-Za-z]{3})-\d{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}$/;

/** Where intake lists the cases of a number's kind. */
export const REGISTERS = { complaint: 'complaints', inquiry: 'inquiries', suggestion: 'suggestions' } as const;
const REGISTER_OF: Readonly<Record<string, string>> = { CMP: REGISTERS.complaint, INQ: REGISTERS.inquiry, SUG: REGISTERS.suggestion };

/** The id of a case from its id or from its number, in whichever case it was typed. @throws CliFailure */
export async function caseIdOf(reference: string, connection: Pick<Connection, 'get'>): Promise<string> {
  const register = REGISTER_OF[NUMBER.exec(reference)?.[1]?.toUpperCase() ?? ''];
  if (register) return idOfNumber(reference.toUpperCase(), register, connection);
  if (CASE_ID.test(reference) && !NUMBER.test(reference)) return reference;
  throw new CliFailure(EXIT.usage, `"${reference}" is neither a case id nor a number such as CMP-2026-7K3F-Q9XB.`);
}

/** A number is computed from the id and two cases may share one, so both are named rather than one chosen. */
async function idOfNumber(number: string, register: string, connection: Pick<Connection, 'get'>): Promise<string> {
  const { items } = await connection.get<{ items: readonly { key: string }[] }>(`/intake/${register}?number=${number}`);
  const [only, another] = items;
  if (!only) throw new CliFailure(EXIT.notFound, `there is no case ${number}: \`aftercare case list\` shows the numbers there are.`);
  if (another) throw new CliFailure(EXIT.usage, `${items.length} cases have the number ${number}; name one by its id: ${items.map(({ key }) => key).join(', ')}.`);
  return only.key;
}
