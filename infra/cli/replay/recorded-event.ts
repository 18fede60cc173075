import type { DomainEvent, Opened } from 'aftercare/kernel';

/** An event as a department hands it out: recorded, its personal part opened for those who may see it. */
export type CaseEvent = Opened<DomainEvent>;

/** Content read by name: the timeline shows events of any version, so members are looked up and not assumed. */
export function member(event: CaseEvent, name: string): unknown {
  return (event.data as Readonly<Record<string, unknown>>)[name];
}

export function textMember(event: CaseEvent, name: string): string | null {
  const value = member(event, name);
  return typeof value === 'string' ? value : null;
}
