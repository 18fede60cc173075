import type { Recorded } from './event.js';
import { UnreadableVersion, upcasting, type Upcaster } from './upcaster.js';

const recorded = (over: Partial<Record<keyof Recorded, unknown>> = {}): Recorded => ({
  format: 1, id: 'e-1', log: 'intake', index: 7, type: 'PlanFixed', schema: 1, stream: 'complaint-1', version: 3, data: { remedy: 'return' }, ...over,
}) as Recorded;
const step = (from: number, data: Upcaster['data']): Upcaster => ({ log: 'intake', type: 'PlanFixed', from, data });
const KNOWN = { intake: { PlanFixed: 3 }, quality: { PlanFixed: 1 } };
const toSecond = step(1, ({ data }) => ({ ...data, number: null }));
const toThird = step(2, ({ data }) => ({ plan: data }));
const newest = upcasting([toThird, toSecond], KNOWN);

describe('reading an event of an older version', () => {
  it('takes one step after the other, whatever their order in the list, and leaves the record as it was', () => {
    const before = recorded();
    const copy = structuredClone(before);
    expect(newest(before)).toEqual({ ...before, schema: 3, data: { plan: { remedy: 'return', number: null } } });
    expect(before).toEqual(copy);
  });

  it('begins with the version that was recorded', () => {
    expect(newest(recorded({ schema: 2, data: { number: 4 } })).data).toEqual({ plan: { number: 4 } });
  });

  it('gives a record of today as it is, without a copy', () => {
    const today = recorded({ schema: 3 });
    expect(newest(today)).toBe(today);
  });

  it('keeps events of one name in two logs apart, and passes types that nobody here knows', () => {
    const ofQuality = recorded({ log: 'quality' });
    const unknown = recorded({ type: 'PlanDropped', schema: 9 });
    const ofStranger = recorded({ log: 'garage', schema: 9 });
    expect([newest(ofQuality), newest(unknown), newest(ofStranger)]).toEqual([ofQuality, unknown, ofStranger]);
  });
});

describe('a version that cannot be read', () => {
  it.each([
    [4, 'intake event 7 is PlanFixed version 4: this program knows up to 3, so it must be updated first'],
    [0, 'intake event 7 is PlanFixed version 0: that is no version'],
    [1.5, 'intake event 7 is PlanFixed version 1.5: that is no version'],
    ['3', 'intake event 7 is PlanFixed version 3: that is no version'],
    [undefined, 'intake event 7 is PlanFixed version undefined: that is no version'],
  ])('is refused: %p', (schema, message) => {
    expect(() => newest(recorded({ schema }))).toThrow(UnreadableVersion);
    expect(() => newest(recorded({ schema }))).toThrow(message);
  });

  it('is refused where one step of several is missing, even if others are there', () => {
    expect(() => upcasting([toThird], KNOWN)(recorded())).toThrow('no upcaster leads from there to 3');
    expect(() => upcasting([toSecond], KNOWN)(recorded())).toThrow('no upcaster leads from there to 3');
  });

  it('is refused where the content is not what the step expects, and names the record as it was stored', () => {
    const picky = upcasting([toSecond, step(2, ({ data }) => ({ size: (data as { goods: unknown[] }).goods.length }))], KNOWN);
    const before = recorded();
    const failure = ((): unknown => { try { return picky(before); } catch (error) { return error; } })();
    expect(failure).toMatchObject({ name: 'UnreadableVersion', recorded: before, message: expect.stringContaining('not that of version 2') as string });
  });
});

describe('a list of upcasters', () => {
  it.each([
    ['two for one step', [toSecond, toSecond], 'two upcasters for intake.PlanFixed v1'],
    ['one behind the newest version', [step(3, () => ({}))], 'intake.PlanFixed v3 leads to no known version'],
    ['one for an event that nobody publishes', [{ ...toSecond, type: 'PlanDropped' }], 'intake.PlanDropped v1 leads to no known version'],
    ['one for another log', [{ ...toSecond, log: 'billing' }], 'billing.PlanFixed v1 leads to no known version'],
  ])('with %s is refused at the start', (_, upcasters, message) => {
    expect(() => upcasting(upcasters, KNOWN)).toThrow(message);
  });
});
