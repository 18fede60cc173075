import { APPROVER_ROLES, type SigningFacts } from 'aftercare/contracts';
import type { CaseFiles } from 'aftercare/service-host';
import { deputies } from './deputy.decide.js';
import { rosterId } from './deputy.js';

/** Deputyships of one person for every office, of whatever dates, from the department's own log. */
export async function deputyshipsOf(person: string, files: CaseFiles): Promise<SigningFacts> {
  const rosters = await Promise.all(APPROVER_ROLES.map((role) => files.stateOf(deputies, rosterId(role))));
  return { deputyships: rosters.flatMap(({ deputyships }) => deputyships.filter(({ deputy }) => deputy === person)) };
}
