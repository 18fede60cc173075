import { DepartmentUnavailable } from '../problem.js';
import type { CaseEvent } from '../replay/recorded-event.js';
import { event } from '../spec/event.js';
import { LogFollower } from './follow.js';
import { namedDepartments, readPosition, writePosition } from './position.js';

describe('the position of a tail', () => {
  it('is taken back as it was printed', () => {
    expect(readPosition(writePosition({ intake: 120, quality: 44 }))).toEqual({ intake: 120, quality: 44 });
  });
  it.each(['intake', 'intake:', 'intake:-1', 'kitchen:3', 'intake:1;quality:2'])('"%s" is refused', (text) => {
    expect(() => readPosition(text)).toThrow(/intake:120/);
  });
  it('knows the departments', () => {
    expect(namedDepartments([])).toContain('surveys');
    expect(() => namedDepartments(['kitchen'])).toThrow(/no department kitchen/);
  });
});

describe('following several logs', () => {
  const logs: Record<string, CaseEvent[]> = {};
  const away = new Set<string>();
  const get = async <T>(path: string): Promise<T> => {
    const [, department = '', , from = '', limit = ''] = /^\/(\w+)\/(log)\?from=(\d+)&limit=(\d+)$/.exec(path) ?? [];
    if (away.has(department)) throw new DepartmentUnavailable(department);
    const log = logs[department] ?? [];
    return { items: log.slice(Number(from), Number(from) + Number(limit)), head: log.length } as T;
  };
  const seen: string[] = [];
  const told: string[] = [];
  const follower = new LogFollower({ get }, {
    events: (events) => seen.push(...events.map(({ id }) => id)), away: (name) => told.push(`${name} away`), back: (name) => told.push(`${name} back`),
  });

  it('shows only what comes after the start, and all of it after an absence', async () => {
    logs['intake'] = [event({ index: 0 })];
    logs['quality'] = [];
    await follower.startAt('intake', 'end');
    await follower.startAt('quality', 0);
    expect(await follower.step()).toBe(false);

    logs['intake'].push(event({ index: 1 }));
    away.add('quality');
    logs['quality'].push(event({ log: 'quality', index: 0, causationId: 'intake-1' }));
    await follower.step();
    await follower.step();
    away.delete('quality');
    await follower.step();

    expect(seen).toEqual(['intake-1', 'quality-0']);
    expect(told).toEqual(['quality away', 'quality back']);
    expect(follower.position).toEqual({ intake: 2, quality: 1 });
  });
});
