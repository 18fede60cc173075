import type { Recorded } from 'aftercare/kernel';
import { idAt, Recording } from 'aftercare/testing';
import type { PackEntry } from '../pack/pack.schema.js';
import { draftOf } from './index.js';
import { draftWith, letter, shipped, simulated } from './testing/letters.js';

/** A Monday morning in Shanghai; a reply is due 24 hours later. */
const MONDAY = '2026-03-02T01:30:00.000Z';
const after = (hours: number): string => new Date(Date.parse(MONDAY) + hours * 3_600_000).toISOString();
const CASE = idAt(MONDAY);
const OTHER = idAt(MONDAY, 2);
const unchanged = draftOf(shipped.company, shipped.packs);

const logOf = (events: readonly Recorded[]) => {
  const askedFor: string[] = [];
  return {
    askedFor, events: [...events], ofCase: (caseId: string) => events.filter(({ correlationId }) => correlationId === caseId),
    ofStream: (stream: string) => {
      askedFor.push(stream);
      return events.filter((event) => event.stream === stream);
    },
  };
};

describe('events that were recorded by one append', () => {
  /** Escalated in class x and reclassified where no opinion had a time; under the draft it has one, in class x only. */
  const OPINION = 'complaint.head_opinion';
  const draft = draftOf(shipped.company, shipped.packs.map((pack) => {
    const { [OPINION]: opinion, ...params } = pack.params;
    return { ...pack, params: pack.id === 'P003' && opinion ? { ...params, [OPINION]: { ...opinion, when: { class: ['x'] } } as PackEntry } : params };
  }));
  const recording = new Recording('intake', { ...unchanged.policy, clocks: (key) => (key === OPINION ? [] : unchanged.policy.clocks(key)) });
  // A stream that cases share: told whole for each of them.
  recording.do(letter, 'lot', { type: 'Receive', class: 'x' } as never, { at: MONDAY, caseId: CASE });
  recording.do(letter, 'lot', { type: 'Escalate' }, { at: after(1), caseId: CASE });
  recording.do(letter, 'lot', { type: 'Reclassify', class: 'y' } as never, { at: after(1), caseId: CASE });
  const [last] = recording.events.slice(-1) as [Recorded];
  const clocksAdded = async (over: Partial<Recorded>): Promise<number> =>
    (await simulated(logOf([...recording.events.slice(0, -1), { ...last, ...over }]), draft)).counts.clocksAdded;

  it('are one decision, which sets no clock that it rules out', async () => {
    expect(recording.events.slice(-2).map(({ type }) => type)).toEqual(['LetterEscalated', 'LetterReclassified']);
    expect(await clocksAdded({})).toBe(0);
  });

  it.each<[string, Partial<Recorded>]>([
    ['something of another stream lies between them', { index: last.index + 1 }], ['the second came later', { occurredAt: after(1.001) }], ['another event caused it', { causationId: 'e-0' }],
    ['it belongs to another case', { correlationId: OTHER }], ['somebody else decided it', { actor: { id: 'u-other', role: 'intake.clerk' } }],
  ])('are two where %s', async (_, over) => {
    expect(await clocksAdded(over)).toBe(1);
  });
});

describe('a breach that was noted while the time of day was set back', () => {
  it('is one under the same policy too', async () => {
    const recording = new Recording('intake');
    recording.do(letter, CASE, { type: 'Receive' }, { at: MONDAY });
    recording.do(letter, CASE, { type: 'NoteDueDeadlines', clock: 'P003/complaint.reply', by: after(24) } as never, { at: after(23) });
    recording.do(letter, CASE, { type: 'Answer' }, { at: after(23.5) });
    expect(recording.breaches).toBe(1);
    const { differences, counts } = await simulated(recording, unchanged);
    expect([differences, counts.breachesKept]).toEqual([[], 1]);
  });
});

describe('whose stream it is', () => {
  const streamsAskedFor = async (id: string): Promise<string[]> => {
    const recording = new Recording('intake');
    recording.do(letter, id, { type: 'Receive' }, { at: MONDAY, caseId: CASE });
    recording.do(letter, id, { type: 'Answer' }, { at: after(5), caseId: CASE });
    const log = logOf(recording.events);
    const { differences } = await simulated(log, draftWith('P003', 'complaint.reply', (entry) => ({ ...entry, value: 4 }) as PackEntry));
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'breach', change: 'added', caseId: CASE, stream: `letter-${id}` }));
    return log.askedFor;
  };

  it('a case and its rounds have streams of their own, which are read once; any other may hold more than the case', async () => {
    expect([await streamsAskedFor(CASE), await streamsAskedFor(`${CASE}.2`)]).toEqual([[], []]);
    for (const shared of ['lot', `${CASE}2`]) expect(await streamsAskedFor(shared)).toEqual([`letter-${shared}`]);
  });
});
