import { caseNumber } from 'aftercare/kernel';
import type { Connection } from '../connection.js';
import { CliFailure, EXIT } from '../exit-codes.js';
import type { CaseEvent } from './recorded-event.js';

const NUMBER = /^([A-Z]{3,4})-(\d{4})-(\d{6,})$/;
const CASE_ID = /^[0-9a-zA-Z][0-9a-zA-Z_.:-]{0,99}$/;

/**
 * The id of a case from its id or number. A number names the place of the opening event in intake's log, so it is
 * looked up there and not in a read model. @throws CliFailure
 */
export async function caseIdOf(reference: string, connection: Connection): Promise<string> {
  const number = NUMBER.exec(reference);
  if (!number) {
    if (CASE_ID.test(reference)) return reference;
    throw new CliFailure(EXIT.usage, `"${reference}" is neither a case id nor a number such as CMP-2026-000042.`);
  }
  const index = Number(number[3]);
  const { items } = await connection.get<{ items: readonly CaseEvent[] }>(`/intake/log?from=${index}&limit=1`);
  const opening = items.find((event) => event.index === index);
  if (!opening || caseNumber(opening) !== reference) {
    throw new CliFailure(EXIT.notFound, `there is no case ${reference}: \`aftercare case list\` shows the numbers there are.`);
  }
  return opening.correlationId;
}
