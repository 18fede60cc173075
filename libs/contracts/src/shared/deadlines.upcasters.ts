import type { Recorded, Upcaster } from 'aftercare/kernel';

interface SetBefore { readonly clock: string; readonly dueAt: string | null; readonly late: boolean; readonly policy: string; readonly rule: string }
interface BreachedBefore { readonly clock: string; readonly dueAt: string; readonly policy: string; readonly rule: string }

/** What the first version did not say is null; no clock of that time could wait, warn or escalate. */
function setBefore({ clock, dueAt, late, policy, rule }: SetBefore): object {
  // A clock that was late from the start counted as breached without a record of its own: it gets none now either.
  const breach = { step: 'breach', what: 'breach', at: dueAt, percent: 100, after: null, to: [] };
  return {
    clock, from: null, span: null, policy, rule, nature: 'service', pausable: false, clause: '', consequence: null,
    dueAt, unpublishedYear: null, owner: null, steps: late || dueAt === null ? [] : [breach], late,
  };
}

const setV1 = ({ data }: Recorded): object => ({ clocks: (data as { readonly clocks: readonly SetBefore[] }).clocks.map(setBefore) });

function breachedV1({ data, occurredAt }: Recorded): object {
  const { clock, dueAt, policy, rule } = data as BreachedBefore;
  return { clock, dueAt, policy, rule, lateByMs: Math.max(0, Date.parse(occurredAt) - Date.parse(dueAt)), consequence: null };
}

/** Every clock of that time was met by being recorded. */
const metV1 = ({ data }: Recorded): object => ({ clocks: (data as { readonly clocks: readonly object[] }).clocks.map((clock) => ({ ...clock, doneAt: null })) });

const LOGS = ['intake', 'quality', 'logistics', 'billing', 'surveys', 'registry'] as const;

/** Deadlines are in every log, and so is each step between their versions. */
export const deadlineUpcasters: readonly Upcaster[] = LOGS.flatMap((log) => [
  { log, type: 'DeadlinesSet', from: 1, data: setV1 },
  { log, type: 'DeadlineBreached', from: 1, data: breachedV1 },
  { log, type: 'DeadlinesMet', from: 1, data: metV1 },
]);
