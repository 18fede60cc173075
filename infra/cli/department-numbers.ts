import type { PolicyStanding } from 'aftercare/policy';
import type { Connection } from './connection.js';

/** The part of a department's `/operations/status` that says whether its work goes on. */
interface OperationsStatus {
  readonly head: number;
  readonly views: { readonly lagEvents: number };
  readonly relay: { readonly lag: number };
  /** `waitsFor` is absent from a department whose program does not know it yet. */
  readonly sources: readonly { readonly source: string; readonly due: number; readonly isOwnerBehind: boolean; readonly waitsFor?: string | null }[];
  readonly quarantined: number;
  /** Null while it is being computed; absent in a department of an earlier version, as is `policy`. */
  readonly openDecisions?: OpenDecisions | null;
  readonly policy?: PolicyStanding | null;
}

/** What waits for a person because no rule decides it. `oldestSince`: UTC instant. */
export interface OpenDecisions { readonly open: number; readonly oldestSince: string | null }

export interface DepartmentNumbers {
  readonly events: number;
  /** Events not yet published, not yet in the read models, or of others and not yet dealt with. */
  readonly lag: number;
  readonly quarantined: number;
  /** Departments whose log ends before what was already dealt with: it was set back. */
  readonly setBack: readonly string[];
  readonly openDecisions: OpenDecisions | null;
  readonly policy: PolicyStanding | null;
  /** What events that were taken wait for here, in the words of the department. */
  readonly waitsFor: readonly string[];
}

const ANSWER_WITHIN_MS = 3_000;

/** Numbers by department; one that does not answer is absent, because readiness already says so. */
export async function departmentNumbers(connection: Connection, departments: readonly string[]): Promise<ReadonlyMap<string, DepartmentNumbers>> {
  const answers = await Promise.all(departments.map(async (name) => [name, await ask(connection, name)] as const));
  const known = answers.flatMap(([name, status]) => status ? [[name, status] as const] : []);
  const heads = new Map(known.map(([name, { head }]) => [name, head]));
  return new Map(known.map(([name, status]) => [name, numbersOf(status, heads)]));
}

async function ask(connection: Connection, department: string): Promise<OperationsStatus | null> {
  try {
    const response = await connection.request(`/${department}/operations/status`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return await response.json() as OperationsStatus;
  } catch {
    return null;
  }
}

function numbersOf({ head, views, relay, sources, quarantined, openDecisions = null, policy = null }: OperationsStatus, heads: ReadonlyMap<string, number>): DepartmentNumbers {
  const unread = sources.map(({ source, due }) => Math.max(0, (heads.get(source) ?? 0) - due));
  const lag = unread.reduce((sum, one) => sum + one, views.lagEvents + relay.lag);
  const setBack = sources.filter(({ isOwnerBehind }) => isOwnerBehind).map(({ source }) => source);
  const waitsFor = [...new Set(sources.flatMap((source) => source.waitsFor ?? []))];
  return { events: head, lag, quarantined, setBack, waitsFor, openDecisions, policy };
}
