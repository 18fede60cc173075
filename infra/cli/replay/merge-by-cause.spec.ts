import fc from 'fast-check';
import { event } from '../spec/event.js';
import { mergeByCause } from './merge-by-cause.js';

const ids = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

describe('merging the departments of a case', () => {
  it('orders by recording time across departments', () => {
    const intake = [event({ id: 'a', log: 'intake', index: 4, recordedAt: '2026-03-01T01:00:00.000Z' }), event({ id: 'c', log: 'intake', index: 9, recordedAt: '2026-03-01T03:00:00.000Z' })];
    const quality = [event({ id: 'b', log: 'quality', index: 0, recordedAt: '2026-03-01T02:00:00.000Z' })];
    expect(ids(mergeByCause([intake, quality]))).toEqual(['a', 'b', 'c']);
  });

  it('puts the cause first when the clock of the other department is behind', () => {
    const intake = [event({ id: 'cause', log: 'intake', index: 0, recordedAt: '2026-03-01T01:05:00.000Z' })];
    const quality = [event({ id: 'effect', log: 'quality', index: 0, recordedAt: '2026-03-01T01:00:00.000Z', causationId: 'cause' })];
    expect(ids(mergeByCause([quality, intake]))).toEqual(['cause', 'effect']);
  });

  it('keeps the order of a log even when its clock jumped back', () => {
    const log = [event({ id: 'first', index: 0, recordedAt: '2026-03-01T02:00:00.000Z' }), event({ id: 'second', index: 1, recordedAt: '2026-03-01T01:00:00.000Z' })];
    expect(ids(mergeByCause([log]))).toEqual(['first', 'second']);
  });

  it('does not wait for a cause that nobody delivered', () => {
    expect(ids(mergeByCause([[event({ id: 'effect', causationId: 'elsewhere' })]]))).toEqual(['effect']);
  });

  it('loses nothing and ends when causes form a circle', () => {
    const a = [event({ id: 'a', log: 'intake', causationId: 'b' })];
    const b = [event({ id: 'b', log: 'quality', causationId: 'a' })];
    expect(ids(mergeByCause([a, b])).sort()).toEqual(['a', 'b']);
  });

  it('never shows an effect before its cause, whatever the clocks say', () => {
    // Each event picks its log, its clock error and which earlier event caused it.
    const choice = fc.record({ log: fc.constantFrom('intake', 'quality', 'surveys'), minute: fc.integer({ min: 0, max: 59 }), cause: fc.nat() });
    fc.assert(fc.property(fc.array(choice, { maxLength: 30 }), (choices) => {
      const lengths: Record<string, number> = {};
      const history = choices.map(({ log, minute, cause }, place) => {
        const index = lengths[log] ?? 0;
        lengths[log] = index + 1;
        const recordedAt = `2026-03-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
        return event({ id: `e${place}`, log, index, recordedAt, causationId: place === 0 ? null : `e${cause % place}` });
      });
      const merged = mergeByCause(Object.keys(lengths).map((log) => history.filter((one) => one.log === log)));
      const place = new Map(merged.map(({ id }, at) => [id, at]));
      expect(merged).toHaveLength(history.length);
      for (const { id, causationId } of merged) if (causationId) expect(place.get(causationId)).toBeLessThan(place.get(id) as number);
    }));
  });
});
