import type { EventStore } from 'aftercare/event-store';
import { caseNamedBy, OPENED_CASE, refuse, type Refusal } from 'aftercare/kernel';
import { openedAt } from '../policies/department-policies.js';
import type { CommandCall } from './command-call.js';
import type { Loaded } from './states.js';

/** The case that a command's events belong to, and the policy version it is told to be under, if anything told one. */
export interface Belonging {
  readonly correlationId: string;
  readonly told: string | undefined;
}

interface Asked {
  readonly id: string;
  readonly loaded: Pick<Loaded<unknown>, 'correlationId' | 'adoption' | 'raised'>;
  /** For a stream of many cases: what of it the command decides, null where nothing that was raised. */
  readonly decides?: string | null;
  readonly command: object;
  readonly cause: CommandCall['cause'];
  /** UTC instant. */
  readonly now: string;
}

/** Clocks of two departments may differ by this much. */
const CLOCKS_APART_MS = 60_000;
/** Records of before versions travelled tell none; so many of them are passed over. */
const LOOKED_AT = 20;

/** A cause says it; a stream says it; for a new stream the command may name it; otherwise what it opens is a case of its own. */
export async function caseOf(store: Pick<EventStore, 'readCorrelation'>, { id, loaded, command, cause, now, decides }: Asked): Promise<Belonging | Refusal> {
  if (!cause && decides !== undefined) {
    const raised = decides === null ? undefined : loaded.raised.get(decides);
    return { correlationId: raised?.correlationId ?? id, told: raised?.adoption };
  }
  const named = cause || loaded.correlationId !== null ? null : caseNamedBy(command);
  if (named !== null) return isOpened(named, now) ? { correlationId: named, told: await toldHere(store, named) } : noCase(named);
  // A lot's stream belongs to many cases: what a reaction does there belongs to the case that caused it.
  const correlationId = cause?.correlationId ?? loaded.correlationId ?? id;
  // A cause of before versions travelled tells none; its case has the one it had.
  return { correlationId, told: cause?.adoption ?? (correlationId === loaded.correlationId ? loaded.adoption : undefined) };
}

/** An id says when its case was opened, and by that the policy is chosen: one of tomorrow would choose a policy not yet in force. */
function isOpened(caseId: string, now: string): boolean {
  return OPENED_CASE.test(caseId) && Date.parse(openedAt(caseId, now)) <= Date.parse(now) + CLOCKS_APART_MS;
}

/** What this department has recorded of the case, of which it may never have heard. */
async function toldHere(store: Pick<EventStore, 'readCorrelation'>, caseId: string): Promise<string | undefined> {
  const recorded = await store.readCorrelation(caseId, 0, LOOKED_AT);
  return recorded.find(({ event }) => event.adoption !== undefined)?.event.adoption;
}

function noCase(caseId: string): Refusal {
  const shown = caseId.slice(0, 60);
  return refuse('not-a-case-id', {
    zh: `“${shown}” 不是案件编号。请填写立案时返回的 id（UUIDv7，小写），而不是 CMP- 号码；没有案件时请留空。`,
    en: `"${shown}" is not the id of a case. Write the \`id\` that opening the case gave (a UUIDv7 in lower case), not its CMP- number; leave it out where there is no case.`,
  }, { field: 'caseId' });
}
