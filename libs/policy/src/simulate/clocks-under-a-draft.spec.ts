import fc from 'fast-check';
import { idAt, Recording } from 'aftercare/testing';
import type { ClockEntry, PackEntry } from '../pack/pack.schema.js';
import { draftOf, noCounts, type BreachDifference } from './index.js';
import { draftWith, letter, shipped, simulated as toldAgain } from './testing/letters.js';

/** A Monday morning in Shanghai. */
const MONDAY = '2026-03-02T01:30:00.000Z';
const HOUR = 3_600_000;
const after = (hours: number, from = MONDAY): string => new Date(Date.parse(from) + hours * HOUR).toISOString();
const hours = (value: number, over: Partial<ClockEntry> = {}) => (entry: PackEntry): PackEntry => ({ ...entry, value, unit: 'hour', calendar: 'wall-clock', ...over }) as PackEntry;
/** Whom the clocks warn and call, and which clocks run or are due at another time, is told elsewhere. */
async function simulated(...args: Parameters<typeof toldAgain>): ReturnType<typeof toldAgain> {
  const told = await toldAgain(...args);
  return { ...told, differences: told.differences.filter(({ kind }) => kind !== 'calls' && kind !== 'clock') };
}
const unchanged = draftOf(shipped.company, shipped.packs);

/** Letters that came on Monday morning, answered after so many hours in ascending order, or not yet. */
function answeredAfter(...spans: readonly (number | null)[]): { recording: Recording; cases: string[] } {
  const recording = new Recording('intake');
  const cases = spans.map((_, place) => idAt(MONDAY, place));
  cases.forEach((id) => recording.do(letter, id, { type: 'Receive' }, { at: MONDAY }));
  for (const [place, span] of spans.entries()) {
    recording.watch(after((span ?? 1_000) - 0.1));
    if (span !== null) recording.do(letter, cases[place] as string, { type: 'Answer' }, { at: after(span) });
  }
  return { recording, cases };
}
const reply = (differences: readonly unknown[]) => (differences as BreachDifference[]).filter(({ clock }) => clock === 'P003/complaint.reply');

describe('clocks of recorded cases under a draft', () => {
  it('P003-35 a reply due in 4 h instead of 24 h: exactly the cases answered in between gain a breach', async () => {
    const { recording, cases } = answeredAfter(3, 4, 5, 23, 24, 30);
    const { differences } = await simulated(recording, draftWith('P003', 'complaint.reply', hours(4)));
    expect(reply(differences).map(({ change, caseId, dueBefore, dueAfter, before, after: is }) => [change, cases.indexOf(caseId), dueBefore, dueAfter, before?.lateByMs, is?.lateByMs])).toEqual([
      ['added', 2, after(24), after(4), undefined, HOUR],
      ['added', 3, after(24), after(4), undefined, 19 * HOUR],
      ['added', 4, after(24), after(4), undefined, 20 * HOUR],
      ['moved', 5, after(24), after(4), 6 * HOUR, 26 * HOUR],
    ]);
  });

  it('a reply due in 48 h: what was late is in time, and what is open is late up to the horizon', async () => {
    const { recording, cases } = answeredAfter(30, null);
    const { differences, counts } = await simulated(recording, draftWith('P003', 'complaint.reply', hours(48)), after(60));
    expect(reply(differences)).toEqual([
      expect.objectContaining({ change: 'removed', caseId: cases[0], after: null, dueAfter: after(48) }),
      expect.objectContaining({ change: 'moved', caseId: cases[1], before: { dueAt: after(24), lateByMs: 36 * HOUR }, after: { dueAt: after(48), lateByMs: 12 * HOUR } }),
    ]);
    expect(counts).toMatchObject({ dueMoved: 2, breachesKept: 1 });
  });

  it('nothing that happened after the horizon counts on either side', async () => {
    const { recording } = answeredAfter(30, null);
    const { differences } = await simulated(recording, draftWith('P003', 'complaint.reply', hours(48)), after(23));
    expect(differences).toEqual([]);
  });

  it('what is due and what happened at the horizon itself still count', async () => {
    const open = await simulated(answeredAfter(null).recording, draftWith('P003', 'complaint.reply', hours(4)), after(4));
    expect(reply(open.differences)).toEqual([expect.objectContaining({ change: 'added', after: { dueAt: after(4), lateByMs: 0 } })]);
    const { recording } = answeredAfter(5);
    const inTime = await simulated(recording, draftWith('P003', 'complaint.reply', hours(5)), after(5));
    expect([inTime.differences, inTime.counts.events]).toEqual([[], recording.events.length]);
  });

  it('what waits for somebody is missed neither at the horizon nor at its end', async () => {
    const recording = new Recording('intake');
    const id = idAt(MONDAY);
    recording.do(letter, id, { type: 'Receive' }, { at: MONDAY });
    recording.do(letter, id, { type: 'PauseDeadlines', reasonCode: 'other' } as never, { at: after(10) });
    const twenty = draftWith('P003', 'complaint.reply', hours(20));
    expect(reply((await simulated(recording, twenty, after(60))).differences)).toEqual([]);
    recording.do(letter, id, { type: 'Answer' }, { at: after(61) });
    expect(reply((await simulated(recording, twenty)).differences)).toEqual([]);
  });

  it('a pack that is not adopted any more takes its breaches with it', async () => {
    const { recording, cases } = answeredAfter(200);
    const packs = shipped.company.precedence.filter(({ pack }) => pack !== 'P001E');
    const { differences, counts } = await simulated(recording, draftOf({ ...shipped.company, precedence: packs }, shipped.packs));
    expect(differences).toEqual([expect.objectContaining({ kind: 'breach', change: 'removed', clock: 'P001E/complaint.total', caseId: cases[0], after: null, dueAfter: null })]);
    expect(counts).toMatchObject({ clocksRemoved: 1, clocksAdded: 0, breachesKept: 1 });
  });

  it('a clock that moved from a pack to the company\'s own is the same clock, as long as each side has it once', async () => {
    const own = { 'complaint.reply': hours(4)(shipped.packs.find(({ id }) => id === 'P003')?.params['complaint.reply'] as PackEntry) };
    const { recording, cases } = answeredAfter(3, 5, 30);
    const moved = await simulated(recording, draftOf({ ...shipped.company, id: 'ours', own, off: [...shipped.company.off, { key: 'P003/complaint.reply', why: 'ours' }] }, shipped.packs));
    expect(moved.differences.map((one) => one.kind === 'breach' && [one.change, cases.indexOf(one.caseId), one.clock, one.dueBefore, one.dueAfter])).toEqual([
      ['added', 1, 'ours/complaint.reply', after(24), after(4)], ['moved', 2, 'ours/complaint.reply', after(24), after(4)],
    ]);
    expect(moved.counts).toMatchObject({ clocksAdded: 0, clocksRemoved: 0, dueMoved: 3, breachesKept: 1 });
    expect(moved.answered).toEqual(['complaint.reply', 'complaint.total']);
    const beside = await simulated(recording, draftOf({ ...shipped.company, id: 'ours', own }, shipped.packs));
    expect(beside.counts).toMatchObject({ clocksAdded: 3, clocksRemoved: 0, dueMoved: 0 });
    // Which of two took its place, nobody can say.
    const packs = shipped.packs.map((pack) => (pack.id === 'P001E' ? { ...pack, params: { ...pack.params, ...own } } : pack));
    const two = await simulated(recording, draftOf({ ...shipped.company, id: 'ours', own, off: [...shipped.company.off, { key: 'P003/complaint.reply', why: 'ours' }] }, packs));
    expect(two.counts).toMatchObject({ clocksAdded: 6, clocksRemoved: 3, dueMoved: 0 });
  });

  it('a year without calendar is undetermined, not in time', async () => {
    const { recording, cases } = answeredAfter(3, 200);
    const { differences, counts } = await simulated(recording, draftOf({ ...shipped.company, calendar: 'NOWHERE' }, shipped.packs));
    expect(differences.filter(({ kind }) => kind === 'undetermined')).toEqual([
      expect.objectContaining({ clock: 'P001E/complaint.total', caseId: cases[0], before: null }),
      expect.objectContaining({ clock: 'P001E/complaint.total', caseId: cases[1], unpublishedYear: 2026, owner: 'registry.clerk', before: expect.objectContaining({ lateByMs: expect.any(Number) }) }),
    ]);
    expect(differences).toHaveLength(2);
    expect(counts.undetermined).toBe(2);
  });

  it('recorded pauses hold where the draft lets a clock wait, and not where it does not', async () => {
    const recording = new Recording('intake');
    const id = idAt(MONDAY);
    recording.do(letter, id, { type: 'Receive' }, { at: MONDAY });
    recording.do(letter, id, { type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' } as never, { at: after(10) });
    recording.do(letter, id, { type: 'ResumeDeadlines' }, { at: after(40) });
    recording.do(letter, id, { type: 'Answer' }, { at: after(50) });
    expect(recording.breaches).toBe(0);
    expect((await simulated(recording, draftWith('P003', 'complaint.reply', hours(20)))).differences).toEqual([]);
    const waitsForNobody = await simulated(recording, draftWith('P003', 'complaint.reply', hours(24, { pausable: false })));
    expect(waitsForNobody.differences).toEqual([expect.objectContaining({ change: 'added', dueBefore: after(54), after: { dueAt: after(24), lateByMs: 26 * HOUR } })]);
    const shorter = await simulated(recording, draftWith('P003', 'complaint.reply', hours(15)));
    expect(shorter.differences).toEqual([expect.objectContaining({ change: 'added', after: { dueAt: after(45), lateByMs: 5 * HOUR } })]);
  });

  it('the clocks of a stream that cases share belong to the case that started them', async () => {
    const recording = new Recording('intake');
    const [one, other] = [idAt(MONDAY, 1), idAt(MONDAY, 2)];
    recording.do(letter, 'lot', { type: 'Receive' }, { at: MONDAY, caseId: one });
    recording.do(letter, 'lot', { type: 'Answer' }, { at: after(5), caseId: other });
    const { differences } = await simulated(recording, draftWith('P003', 'complaint.reply', hours(4)));
    expect(differences).toEqual([expect.objectContaining({ change: 'added', caseId: one, stream: 'letter-lot', after: { dueAt: after(4), lateByMs: HOUR } })]);
    const early = await simulated(recording, draftWith('P003', 'complaint.reply', hours(4)), after(4.5));
    expect(early.differences).toEqual([expect.objectContaining({ caseId: one, after: { dueAt: after(4), lateByMs: HOUR / 2 } })]);
  });

  it('the policy that was in force changes nothing, whatever is revised, paused, escalated and answered when', async () => {
    const kinds = ['service', 'product-quality'];
    const seen = { breaches: 0, revised: 0, paused: 0 };
    const step = fc.tuple(fc.constantFrom('Receive', 'Reclassify', 'Escalate', 'Answer', 'PauseDeadlines', 'ResumeDeadlines', 'watch'), fc.constantFrom(0, 1, 3, 11, 24, 70), fc.nat(1));
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.nat(400), async (steps, horizon) => {
      const recording = new Recording('intake');
      const id = idAt(MONDAY);
      let at = 0;
      for (const [type, gap, kind] of steps) {
        at += gap;
        if (type === 'watch') recording.watch(after(at));
        else recording.do(letter, id, { type, class: kinds[kind], reasonCode: 'other' } as never, { at: after(at) });
      }
      const { differences, counts } = await simulated(recording, unchanged, after(horizon));
      expect(differences).toEqual([]);
      expect(counts).toEqual({ ...noCounts(), events: counts.events, breachesKept: counts.breachesKept });
      seen.breaches += counts.breachesKept;
      seen.revised += recording.events.filter(({ type }) => type === 'DeadlinesRevised' || type === 'DeadlinesDropped').length;
      seen.paused += recording.events.filter(({ type }) => type === 'DeadlinesPaused').length;
    }), { numRuns: Number(process.env['SIMULATE_RUNS'] ?? 300), seed: 4 });
    expect(Math.min(seen.breaches, seen.revised, seen.paused)).toBeGreaterThan(10);
  });
});
