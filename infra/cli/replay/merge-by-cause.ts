import type { CaseEvent } from './recorded-event.js';

/**
 * One timeline out of several departments' logs. Within a log the index decides; across logs the recording time does,
 * except that an effect never stands before its cause: clocks of two machines differ, causes do not.
 */
export function mergeByCause(logs: readonly (readonly CaseEvent[])[]): CaseEvent[] {
  const queues = logs.filter((log) => log.length > 0).map((log) => [...log].sort((a, b) => a.index - b.index));
  const pending = new Set(queues.flat().map(({ id }) => id));
  const merged: CaseEvent[] = [];
  while (queues.length > 0) {
    const queue = nextQueue(queues, pending);
    const event = queue.shift() as CaseEvent;
    pending.delete(event.id);
    merged.push(event);
    if (queue.length === 0) queues.splice(queues.indexOf(queue), 1);
  }
  return merged;
}

/** The queue whose head is the earliest of those that wait for no cause; in a circle of causes simply the earliest. */
function nextQueue(queues: CaseEvent[][], pending: ReadonlySet<string>): CaseEvent[] {
  const free = queues.filter(([head]) => !head?.causationId || !pending.has(head.causationId));
  return (free.length > 0 ? free : queues).reduce((first, other) => (isBefore(other[0], first[0]) ? other : first));
}

function isBefore(a: CaseEvent | undefined, b: CaseEvent | undefined): boolean {
  if (!a || !b) return false;
  if (a.recordedAt !== b.recordedAt) return a.recordedAt < b.recordedAt;
  return a.log === b.log ? a.index < b.index : a.log < b.log;
}
