import type { Opened } from 'aftercare/kernel';
import { DEPARTMENTS } from '../launcher/departments.js';
import type { Desk } from './desk.js';

interface Rebuilt {
  readonly events: number;
  readonly compared: readonly { readonly view: string; readonly rowsAfter: number; readonly same: boolean }[];
}

export interface ModelProof {
  readonly models: number;
  readonly rows: number;
  readonly events: number;
  /** `<department>/<view>` of every model that was not what the log says. */
  readonly unequal: readonly string[];
}

/** Computes every read model again from its log and compares it with the live one. */
export async function modelsEqualAReplay(desk: Desk): Promise<ModelProof> {
  const proof = { models: 0, rows: 0, events: 0, unequal: [] as string[] };
  for (const department of DEPARTMENTS) {
    const { events, compared } = await desk.tell('operator', `/${department}/operations/rebuild`, {}) as unknown as Rebuilt;
    proof.events += events;
    for (const { view, rowsAfter, same } of compared) {
      proof.models += 1;
      proof.rows += rowsAfter;
      if (!same) proof.unequal.push(`${department}/${view}`);
    }
  }
  return proof;
}

interface HistoryPage {
  readonly items: readonly Opened[];
  readonly next: number | null;
}

/** Everything every department recorded about a case, in log order per department; of those that are named, where one is away. */
export async function historyOf(desk: Desk, caseId: string, departments: readonly string[] = DEPARTMENTS): Promise<Opened[]> {
  const logs = await Promise.all(departments.map(async (department) => {
    const events: Opened[] = [];
    for (let from: number | null = 0; from !== null;) {
      const page: HistoryPage = await desk.ask('auditor', `/${department}/cases/${caseId}/events?from=${from}&limit=500`);
      events.push(...page.items);
      from = page.next;
    }
    return events;
  }));
  return logs.flat();
}

/** Types per department: what happened, whatever the clock and the ids were. */
export function outline(events: readonly Opened[]): Record<string, string[]> {
  const byDepartment: Record<string, string[]> = {};
  for (const { log, type } of events) (byDepartment[log] ??= []).push(type);
  return byDepartment;
}
