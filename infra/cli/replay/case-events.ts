import { DEPARTMENTS } from '../../launcher/departments.js';
import { DEPARTMENT_ANSWERS_WITHIN_MS, type Connection } from '../connection.js';
import { CliFailure, EXIT } from '../exit-codes.js';
import { DepartmentUnavailable } from '../problem.js';
import { mergeByCause } from './merge-by-cause.js';
import type { CaseEvent } from './recorded-event.js';

const PAGE = 200;

export interface CaseHistory {
  readonly caseId: string;
  readonly timeline: readonly CaseEvent[];
  /** Departments that did not answer; what they hold is missing from the timeline. */
  readonly missing: readonly string[];
}

interface EventPage {
  readonly items: readonly CaseEvent[];
  /** Where the next page begins; null on the last. */
  readonly next: number | string | null;
}

/** Everything recorded about a case in every department that answers. @throws CliFailure when nobody knows the case */
export async function readCase(caseId: string, connection: Connection): Promise<CaseHistory> {
  const answers = await Promise.all(DEPARTMENTS.map(async (department) => ({ department, events: await ofDepartment(department, caseId, connection) })));
  const missing = answers.filter(({ events }) => events === null).map(({ department }) => department);
  const timeline = mergeByCause(answers.map(({ events }) => events ?? []));
  if (timeline.length === 0 && missing.length === 0) {
    throw new CliFailure(EXIT.notFound, `no department knows a case ${caseId}: \`aftercare case list\` shows the cases there are.`);
  }
  return { caseId, timeline, missing };
}

/** Null when the department is away; one that never heard of the case gives an empty page. */
async function ofDepartment(department: string, caseId: string, connection: Connection): Promise<readonly CaseEvent[] | null> {
  const events: CaseEvent[] = [];
  try {
    for (let from: number | string | null = 0; from !== null;) {
      const path: string = `/${department}/cases/${encodeURIComponent(caseId)}/events?from=${from}&limit=${PAGE}`;
      const { items, next }: EventPage = await connection.get<EventPage>(path, DEPARTMENT_ANSWERS_WITHIN_MS);
      events.push(...items);
      from = items.length === 0 ? null : next;
    }
    return events;
  } catch (error) {
    if (error instanceof DepartmentUnavailable) return null;
    throw error;
  }
}
