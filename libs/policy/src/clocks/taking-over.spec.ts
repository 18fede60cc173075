import type { ClockRule } from './table.js';
import { changed, ExampleCase, hours, key, opened, policyOf, shanghai, terms, type CaseEvent, type Facts } from './testing/example-case.js';

type Rule = ClockRule<CaseEvent, Facts>;

const facts: Rule['facts'] = (_, { priority, recallClass }) => ({ priority, recallClass });
const from: Rule['from'] = (_, { awareAt }) => awareAt;
const usual: Rule = { clock: key('case.usual'), starts: ['Opened'], from, facts, meets: ['Answered'], revisedBy: ['FactsChanged'] };
const urgent: Rule = { clock: key('case.urgent'), starts: [], facts, meets: ['Answered'], revisedBy: ['FactsChanged'], takesOver: [key('case.usual')] };
const both = policyOf([terms({ key: 'case.usual', span: hours(24) }), terms({ key: 'case.urgent', span: hours(10), when: { priority: ['urgent'] } })]);

const started = (table: readonly Rule[], policy = both): ExampleCase => {
  const one = new ExampleCase(policy, table);
  one.record('2026-03-11 08:00', opened('2026-03-11 06:00', { priority: 'usual' }));
  return one;
};
const running = ({ state }: ExampleCase) => Object.fromEntries(Object.entries(state.clocks).map(([name, { dueAt }]) => [name, dueAt]));

describe('an urgent span that takes over the usual one', () => {
  it('does so only when its rule holds, and only once every fact that it asks about is known', () => {
    const one = started([usual, { ...urgent, when: (event) => event.type === 'FactsChanged' && event.data.recallClass === '1' }]);
    one.record('2026-03-11 09:00', changed({ priority: 'urgent' }));
    expect(running(one)).toEqual({ 'P1/case.usual': shanghai('2026-03-12 06:00') });
    one.record('2026-03-11 10:00', changed({ priority: 'urgent', recallClass: '1' }));
    expect(running(one)).toEqual({ 'P1/case.urgent': shanghai('2026-03-11 16:00') });
    const unknown = started([usual, urgent]);
    unknown.record('2026-03-11 09:00', changed({ priority: null }));
    expect(Object.keys(running(unknown))).toEqual(['P1/case.usual']);
  });

  it('counts from the start that its own rule gives, corrected by the change that brings it', () => {
    const corrected = changed({ priority: 'urgent', awareAt: shanghai('2026-03-11 03:00') });
    const one = started([usual, { ...urgent, from }]);
    const revisions = one.record('2026-03-11 09:00', corrected).flatMap((event) => (event.type === 'DeadlinesRevised' ? event.data.clocks : []));
    expect(revisions.map(({ was, clock, from: start }) => [was, clock, start])).toEqual([['P1/case.usual', 'P1/case.urgent', shanghai('2026-03-11 03:00')]]);
    expect(running(one)).toEqual({ 'P1/case.urgent': shanghai('2026-03-11 13:00') });
    // Without a start of its own it keeps that of the clock in whose place it stands.
    const kept = started([usual, urgent]);
    kept.record('2026-03-11 09:00', corrected);
    expect(running(kept)).toEqual({ 'P1/case.urgent': shanghai('2026-03-11 16:00') });
  });

  it('leaves the usual one alone where it runs beside it, and that of another pack always', () => {
    const beside = started([usual, { ...urgent, starts: ['Opened'], when: () => true }], policyOf([terms({ key: 'case.usual', span: hours(24) }), terms({ key: 'case.urgent', span: hours(10) })]));
    const before = running(beside);
    beside.record('2026-03-11 09:00', changed({ priority: 'urgent' }));
    expect([Object.keys(before), running(beside)]).toEqual([['P1/case.usual', 'P1/case.urgent'], before]);
    const other = started([usual, urgent], policyOf([terms({ key: 'case.usual', span: hours(24) }), terms({ key: 'case.urgent', pack: 'P2', span: hours(10) })]));
    other.record('2026-03-11 09:00', changed({ priority: 'urgent' }));
    expect(Object.keys(running(other))).toEqual(['P1/case.usual']);
  });
});

describe('a clock that is set and changed in one decision', () => {
  const byPriority = policyOf([terms({ key: 'case.usual', span: hours(24), when: { priority: ['usual'] } }), terms({ key: 'case.usual', span: hours(10), when: { priority: ['urgent'] } })]);
  const opening = opened('2026-03-11 06:00', { priority: 'usual' });

  it('keeps the start that the opening gave where the change gives none', () => {
    const one = new ExampleCase(byPriority, [{ ...usual, from: (event) => (event.type === 'Opened' ? event.data.awareAt : undefined) }]);
    one.record('2026-03-11 08:00', opening, changed({ priority: 'urgent' }));
    expect(running(one)).toEqual({ 'P1/case.usual': shanghai('2026-03-11 16:00') });
  });

  it('counts from the start that the change corrects', () => {
    const one = new ExampleCase(byPriority, [usual]);
    one.record('2026-03-11 08:00', opening, changed({ priority: 'urgent', awareAt: shanghai('2026-03-11 03:00') }));
    expect(running(one)).toEqual({ 'P1/case.usual': shanghai('2026-03-11 13:00') });
  });
});
