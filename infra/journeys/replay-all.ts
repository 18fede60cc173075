import { mergeByCause } from '../cli/replay/merge-by-cause.js';
import { summarise } from '../cli/replay/case-summary.js';
import { DEPARTMENTS } from '../launcher/departments.js';
import type { Desk } from './desk.js';
import type { Told } from './journeys.js';
import { historyOf } from './proofs.js';
import type { Imported } from './sample-register.js';

export interface Replayed {
  readonly cases: number;
  readonly events: number;
  /** Acknowledged cases that no log knows. */
  readonly missing: number;
  /** Cases whose replay ends elsewhere than people left them. */
  readonly wrong: readonly string[];
}

/** Folds each case's events of all departments and compares the end with what the people at the desk saw. */
export async function replayAll(desk: Desk, told: readonly Told[], imported: Imported): Promise<Replayed> {
  let events = 0;
  let missing = 0;
  const wrong: string[] = [];
  for (const { ending } of told) {
    const history = await historyOf(desk, ending.caseId);
    events += history.length;
    const summary = summarise(mergeByCause(DEPARTMENTS.map((department) => history.filter(({ log }) => log === department))));
    if (!summary) missing += 1;
    else if (summary.closedBecause !== ending.closed || summary.round !== ending.rounds) {
      wrong.push(`${ending.number} was left ${ending.closed ?? 'answered'} in round ${ending.rounds}, its replay says ${summary.closedBecause ?? summary.stage} in round ${summary.round}`);
    }
  }
  for (const caseId of imported.cases) {
    const history = await historyOf(desk, caseId);
    events += history.length;
    if (!history.some(({ type }) => type === 'ComplaintRegistered')) missing += 1;
  }
  return { cases: told.length + imported.cases.length, events, missing, wrong };
}
