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
    await follower.startAt({ intake: 'end', quality: 0 });
    expect(await follower.step({ again: true })).toBe(false);

    logs['intake'].push(event({ index: 1 }));
    away.add('quality');
    logs['quality'].push(event({ log: 'quality', index: 0, causationId: 'intake-1' }));
    await follower.step({ again: true });
    await follower.step({ again: true });
    away.delete('quality');
    await follower.step({ again: true });

    expect(seen).toEqual(['intake-1', 'quality-0']);
    expect(told).toEqual(['quality away', 'quality back']);
    expect(follower.position).toEqual({ intake: 2, quality: 1 });
  });
});

describe('one log that hangs', () => {
  type Answer = (page: unknown) => void;
  const from = (index: number) => ({ items: [event({ index })], head: index + 1 });
  /** Intake answers at once, one event a time; quality when the test says so, after having hung for its time. */
  function following() {
    let index = 0;
    const held: { answer: Answer; hang: () => void; withinMs: number | undefined; path: string }[] = [];
    const get = <T>(path: string, withinMs?: number): Promise<T> => (path.startsWith('/intake') ? Promise.resolve(from(index++) as T)
      : new Promise((answer, fail) => { held.push({ answer: answer as Answer, hang: () => fail(new DepartmentUnavailable('quality')), withinMs, path }); }));
    const seen: string[] = [];
    const told: string[] = [];
    const follower = new LogFollower({ get }, {
      events: (events) => seen.push(...events.map(({ id }) => id)), away: (name) => told.push(`${name} away`), back: (name) => told.push(`${name} back`),
    });
    return { follower, held, seen, told };
  }

  it('holds the others up once, for as long as a department may take to answer, and asks one question at a time', async () => {
    const { follower, held, seen, told } = following();
    await follower.startAt({ intake: 0, quality: 0 });
    const first = follower.step({ again: true });
    held[0]?.hang();
    await first;
    await follower.step({ again: true });
    await follower.step({ again: true });
    expect([seen, told, follower.away]).toEqual([['intake-0', 'intake-1', 'intake-2'], ['quality away'], ['quality']]);
    expect(held.map(({ withinMs }) => withinMs)).toEqual([5_000, 5_000]);
  });

  it('passes no event that was not shown: a late answer moves the position in the step that shows it', async () => {
    const { follower, held, seen, told } = following();
    await follower.startAt({ intake: 0, quality: 0 });
    const first = follower.step({ again: true });
    held[0]?.hang();
    await first;
    await follower.step({ again: true });
    held[1]?.answer({ items: [event({ log: 'quality', index: 0, id: 'quality-0' })], head: 1 });
    expect(follower.position).toEqual({ intake: 2, quality: 0 });
    await follower.step({ again: true });
    expect(seen).toContain('quality-0');
    expect([follower.position, told, follower.away]).toEqual([{ intake: 3, quality: 1 }, ['quality away', 'quality back'], []]);
  });

  it('is asked no more by who does not wait for it', async () => {
    const { follower, held, seen } = following();
    await follower.startAt({ intake: 0, quality: 0 });
    const first = follower.step({ again: false });
    held[0]?.hang();
    await first;
    await follower.step({ again: false });
    expect([seen, held.length, follower.away]).toEqual([['intake-0', 'intake-1'], 1, ['quality']]);
  });

  it('is named where it never told its end, and followed from the end that it tells', async () => {
    const { follower, held } = following();
    const start = follower.startAt({ intake: 0, quality: 'end' });
    held[0]?.hang();
    await start;
    await follower.step({ again: true });
    expect([follower.position, follower.neverAnswered]).toEqual([{ intake: 1 }, ['quality']]);
    held[1]?.answer({ items: [], head: 7 });
    await follower.step({ again: true });
    expect([follower.position, follower.neverAnswered]).toEqual([{ intake: 2, quality: 7 }, []]);
  });
});
