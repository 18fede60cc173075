import type { DomainEvent } from 'aftercare/kernel';

interface Alarm { warn(message: string): void }

/**
 * What no rule decides waits for a person, so somebody has to hear of it. By convention such an event is named
 * `…Undetermined`. Neither inputs nor texts are told: they may be about a person.
 */
export function alarmIfUndetermined(alarm: Alarm, stream: string, events: readonly DomainEvent[]): void {
  for (const { type, policy } of events) {
    if (!type.endsWith('Undetermined')) continue;
    const rule = policy ? `; ${policy.id}@${policy.version} says ${policy.outcome}` : '';
    alarm.warn(`${type} in ${stream}: a person has to decide${rule}`);
  }
}
