import type { EventType } from './event-type.js';
import * as contracts from './index.js';
import { publishedEvents, readableEvents } from './published.js';

const isEventType = (value: unknown): value is EventType =>
  typeof value === 'object' && value !== null && 'type' in value && 'schema' in value && 'data' in value && 'personal' in value;
const exported = Object.entries<unknown>(contracts).flatMap(([name, value]): [string, EventType][] => (isEventType(value) ? [[name, value]] : []));
const logsWith = (event: EventType): string[] => Object.entries(publishedEvents).filter(([, types]) => types[event.type] === event).map(([log]) => log);

describe('the register of published events', () => {
  it('holds every event type that is exported, under the name it is exported by', () => {
    expect(exported.length).toBeGreaterThan(100);
    expect(exported.filter(([name, event]) => name !== event.type || logsWith(event).length === 0).map(([name]) => name)).toEqual([]);
  });

  it('holds nothing else, and each event in one log, but for deadlines, noted and kept policies and dropped messages, which are in all', () => {
    const published = new Set(Object.values(publishedEvents).flatMap((types) => Object.values(types)));
    expect([...published].filter((event) => !exported.some(([, other]) => other === event))).toEqual([]);
    const shared = exported.filter(([, event]) => logsWith(event).length > 1);
    expect(Object.fromEntries(shared.map(([name, event]) => [name, logsWith(event).length])))
      .toEqual(Object.fromEntries(Object.keys({ ...contracts.deadlineEvents, ...contracts.keptPolicyEvents, ...contracts.quarantineEvents, PolicyAdoptionNoted: 6 }).map((name) => [name, 6])));
  });

  it('tells the decode path the version of every one of them', () => {
    const versions = Object.entries(publishedEvents).map(([log, types]) => [log, Object.fromEntries(Object.values(types).map(({ type, schema }) => [type, schema]))]);
    expect(readableEvents.known).toEqual(Object.fromEntries(versions));
    expect(readableEvents.known['intake']?.['HandlingPlanFixed']).toBe(2);
  });
});
