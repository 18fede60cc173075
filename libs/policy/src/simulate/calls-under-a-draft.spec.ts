import { idAt, Recording } from 'aftercare/testing';
import type { ClockEntry, PackEntry } from '../pack/pack.schema.js';
import { draftOf, type CallsDifference } from './index.js';
import { draftWith, letter, shipped, simulated } from './testing/letters.js';

/** A Monday morning in Shanghai; a reply is due 24 hours later. */
const MONDAY = '2026-03-02T01:30:00.000Z';
const after = (hours: number): string => new Date(Date.parse(MONDAY) + hours * 3_600_000).toISOString();
const REPLY = 'complaint.reply';
const replyWith = (over: Partial<ClockEntry>) => draftWith('P003', REPLY, (entry) => ({ ...entry, ...over }) as PackEntry);
const recorded = shipped.packs.find(({ id }) => id === 'P003')?.params[REPLY] as ClockEntry;

function answeredAfter(...spans: readonly (number | null)[]): { recording: Recording; cases: string[] } {
  const recording = new Recording('intake');
  const cases = spans.map((_, place) => idAt(MONDAY, place));
  cases.forEach((id) => recording.do(letter, id, { type: 'Receive' }, { at: MONDAY }));
  for (const [place, span] of spans.entries()) {
    recording.watch(after((span ?? 100) - 0.1));
    if (span !== null) recording.do(letter, cases[place] as string, { type: 'Answer' }, { at: after(span) });
  }
  return { recording, cases };
}

const none = { added: 0, removed: 0, moved: 0, undetermined: 0 };
const calls = (differences: readonly unknown[]) => (differences as CallsDifference[]).filter(({ kind }) => kind === 'calls');

describe('warnings and escalations of recorded clocks under a draft', () => {
  it('stands on the shipped reply', () => {
    expect(recorded).toMatchObject({ value: 24, unit: 'hour', warn: [50, 80, 100], escalate: [{ percent: 80, to: ['intake.administrator'] }, { percent: 100, to: ['intake.head'] }, { afterBreach: { value: 24, unit: 'hour' } }] });
  });

  it('a threshold more warns whoever had not answered by then; due times and breaches stay what they were', async () => {
    const { recording, cases } = answeredAfter(2, 5, 7.2, 30);
    const { differences, counts } = await simulated(recording, replyWith({ warn: [30, 50, 80] }));
    expect(differences.map(({ kind, caseId }) => [kind, cases.indexOf(caseId)])).toEqual([['calls', 3]]);
    expect(calls(differences)[0]).toMatchObject({ clock: 'P003/complaint.reply', warnings: { ...none, added: 1 }, escalations: { ...none, otherRoles: 0 } });
    expect(calls(differences)[0]?.after.map(({ what, percent, at }) => [what, percent, at])).toContainEqual(['warn', 30, after(7.2)]);
    // At the very instant of 7.2 h it was answered: nobody is warned any more.
    expect(counts).toMatchObject({ dueMoved: 0, calls: { [REPLY]: { warnings: { added: 1, removed: 0, moved: 0 } } } });
  });

  it('one taken away is removed where it had been given; one that only comes at another share has moved, once', async () => {
    const { recording, cases } = answeredAfter(13, 23, 30);
    const fewer = await simulated(recording, replyWith({ warn: [80] }));
    expect(fewer.counts.calls).toEqual({ [REPLY]: { warnings: { ...none, removed: 3 }, escalations: { ...none, otherRoles: 0 } } });
    const earlier = await simulated(recording, replyWith({ warn: [40, 80] }));
    expect(earlier.counts.calls[REPLY]?.warnings).toEqual({ ...none, moved: 3 });
    expect(calls(earlier.differences).map(({ caseId }) => cases.indexOf(caseId))).toEqual([0, 1, 2]);
    const later = await simulated(recording, replyWith({ warn: [60, 80] }));
    expect(later.counts.calls[REPLY]?.warnings).toEqual({ ...none, removed: 1, moved: 2 });
  });

  it('an escalation goes to other roles, is added after the breach, or is removed', async () => {
    const { recording, cases } = answeredAfter(20, 30, null);
    const other = await simulated(recording, replyWith({ escalate: recorded.escalate.map((one) => (one.percent === 80 ? { percent: 80, to: ['intake.head'] } : one)) }), after(100));
    expect(other.counts.calls).toEqual({ [REPLY]: { warnings: none, escalations: { ...none, otherRoles: 3 } } });
    expect(other.differences).toHaveLength(3);
    const chain = [...recorded.escalate, { afterBreach: { value: 5, unit: 'hour' as const }, to: ['manager'] }];
    const longer = await simulated(recording, replyWith({ escalate: chain }), after(100));
    expect(calls(longer.differences).map(({ caseId, escalations }) => [cases.indexOf(caseId), escalations.added])).toEqual([[1, 1], [2, 1]]);
    // By the horizon five hours after the breach have not passed.
    expect((await simulated(recording, replyWith({ escalate: chain }), after(28.9))).differences).toEqual([]);
    const shorter = await simulated(recording, replyWith({ escalate: [] }), after(100));
    expect(shorter.counts.calls[REPLY]?.escalations).toEqual({ ...none, removed: 6, otherRoles: 0 });
  });

  it('what moved only because the due time did is counted and listed as moved, and what does not come any more is removed', async () => {
    const { recording } = answeredAfter(20, 40);
    const { differences, counts } = await simulated(recording, replyWith({ value: 23 }));
    expect(counts.calls[REPLY]).toEqual({ warnings: { ...none, moved: 4 }, escalations: { ...none, moved: 3, otherRoles: 0 } });
    expect(calls(differences).map(({ warnings, escalations }) => [warnings.moved, escalations.moved])).toEqual([[2, 1], [2, 2]]);
    const longer = await simulated(recording, replyWith({ value: 48 }));
    expect(longer.counts.calls[REPLY]).toEqual({ warnings: { ...none, removed: 2, moved: 2 }, escalations: { ...none, removed: 2, moved: 1, otherRoles: 0 } });
    expect(calls(longer.differences)).toHaveLength(2);
  });

  it('waiting puts off what had not come; it takes back nothing that had', async () => {
    const recording = new Recording('intake');
    const id = idAt(MONDAY);
    recording.do(letter, id, { type: 'Receive' }, { at: MONDAY });
    recording.do(letter, id, { type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' } as never, { at: after(10) });
    recording.do(letter, id, { type: 'ResumeDeadlines' }, { at: after(40) });
    recording.do(letter, id, { type: 'Answer' }, { at: after(50) });
    // 30 % had come after 7.2 h, 90 % would only after 51.6 h.
    const { differences } = await simulated(recording, replyWith({ warn: [30, 50, 80, 90] }));
    expect(calls(differences).map(({ warnings, after: is }) => [warnings.added, is.filter(({ what }) => what === 'warn').map(({ at }) => at)])).toEqual([[1, [after(7.2), after(42), after(49.2)]]]);
  });

  it('a clock that a draft drops takes its calls with it, and one without a calendar is undetermined, never removed', async () => {
    const { recording } = answeredAfter(200);
    const without = await simulated(recording, draftOf({ ...shipped.company, precedence: shipped.company.precedence.filter(({ pack }) => pack !== 'P001E') }, shipped.packs));
    expect(without.counts.calls['complaint.total']?.warnings.removed).toBeGreaterThan(0);
    const nowhere = await simulated(recording, draftOf({ ...shipped.company, calendar: 'NOWHERE' }, shipped.packs));
    const { warnings, escalations } = nowhere.counts.calls['complaint.total'] ?? {};
    expect([warnings?.removed, escalations?.removed]).toEqual([0, 0]);
    expect((warnings?.undetermined ?? 0) + (escalations?.undetermined ?? 0)).toBeGreaterThan(0);
  });
});
