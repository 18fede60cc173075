import { isDeepStrictEqual } from 'node:util';
import { idOf, type Recorded } from 'aftercare/kernel';
import type { AdoptionDocument } from '../adoption/document.js';
import { compareClocks, keyOf, type ClockCounts } from './compare-clocks.js';
import type { DecisionCounts } from './compare-decisions.js';
import { DecisionsAgain } from './decide-again.js';
import type { Difference } from './difference.js';
import type { Draft } from './draft.js';
import { amountDifference, isAboutPenalties, PenaltiesOfStream } from './penalties.js';
import { addSums, noPenalties, type PenaltyCounts } from './penalty-sums.js';
import { RecordedPolicies } from './recorded-policies.js';
import { StreamUnderDraft, underDraft, type AggregateUnderDraft, type SimulatedAggregate, type StreamOutcome } from './stream-under-draft.js';

export interface SimulationParts {
  readonly department: string;
  /** All of the department; those without clocks are only asked for their decisions. */
  readonly aggregates: readonly Pick<SimulatedAggregate, 'name'>[];
  readonly draft: Draft;
  /** What the department has noted as adopted. */
  readonly adopted: readonly AdoptionDocument[];
  /** UTC instant up to which cases are followed. */
  readonly horizon: string;
}

export type SimulationCounts = ClockCounts & DecisionCounts & PenaltyCounts & { events: number };

export const noCounts = (): SimulationCounts => ({
  events: 0, clocksAdded: 0, clocksRemoved: 0, dueMoved: 0, undetermined: 0, undeterminedClocksKept: 0, breachesKept: 0, calls: {}, decisions: 0, otherRule: 0, decidedByRule: 0, undeterminedDecisions: 0, undeterminedKept: 0, notReplayable: {}, penalties: noPenalties(),
});

/** Cases of one department told again under a draft. Pure: whoever calls reads the events. */
export class Simulation {
  readonly counts = noCounts();
  /** Keys to which a recorded decision or clock gave an answer under the draft. */
  readonly answered = new Set<string>();
  private readonly timed: ReadonlyMap<string, AggregateUnderDraft>;
  private readonly decisions: DecisionsAgain;
  private readonly isSameCalendar: boolean;

  constructor(private readonly parts: SimulationParts) {
    this.timed = new Map(parts.aggregates.filter(isTimed).map((aggregate) => [aggregate.name, underDraft(aggregate, parts.draft)]));
    this.decisions = new DecisionsAgain(parts.draft, new RecordedPolicies(parts.adopted), this.counts, this.answered);
    this.isSameCalendar = parts.adopted.every(({ company }) => isDeepStrictEqual(reckonedWith(company), reckonedWith(parts.draft.document.company)));
  }

  /**
   * @param events all of the case in this department, in index order
   * @param whole every event of a stream that other cases share, in its order
   */
  async differencesOf(caseId: string, events: readonly Recorded[], whole: (stream: string) => Promise<readonly Recorded[]>): Promise<Difference[]> {
    const differences: Difference[] = [];
    const { horizon, department } = this.parts;
    const seen = events.filter(({ occurredAt }) => occurredAt <= horizon);
    this.counts.events += seen.length;
    for (const [stream, own] of byStream(seen)) {
      const place = { caseId, department, stream };
      const aggregate = this.timed.get(stream.slice(0, stream.indexOf('-')));
      if (aggregate) {
        const outcome = this.toldAgain(aggregate, isOwn(stream, caseId) ? own : await whole(stream));
        this.noteClocks(outcome, caseId);
        differences.push(...compareClocks(outcome, place, horizon, { callsOf: aggregate.callsOf, isSameCalendar: this.isSameCalendar }, this.counts));
      }
      differences.push(...this.decisions.differencesOf(own, place));
      if (isAboutPenalties(stream)) differences.push(...this.amountsOf(isOwn(stream, caseId) ? own : await whole(stream), place));
    }
    return differences;
  }

  private amountsOf(events: readonly Recorded[], place: Pick<Difference, 'caseId' | 'department' | 'stream'>): Difference[] {
    const seen = events.filter(({ occurredAt }) => occurredAt <= this.parts.horizon);
    const sums = new PenaltiesOfStream(this.parts.draft, seen, place.caseId, this.answered).ofCase();
    return [...sums].flatMap(([penalty, sum]) => {
      addSums(this.counts.penalties[penalty], sum);
      const difference = amountDifference(penalty, sum, place);
      if (difference || sum.notReplayable.number === 0) return difference ?? [];
      return { kind: 'noted' as const, note: 'not-replayable' as const, ...place, about: penalty, before: null, after: null };
    });
  }

  /** A clock without a pack runs to a date that a person promised or that an event recorded: the draft's own value is not asked. */
  private noteClocks({ recorded, drafted }: StreamOutcome, caseId: string): void {
    for (const life of [...recorded, ...drafted]) if (life.caseId === caseId && life.clock.includes('/')) this.answered.add(keyOf(life.clock));
  }

  private toldAgain(aggregate: AggregateUnderDraft, events: readonly Recorded[]): StreamOutcome {
    const stream = new StreamUnderDraft(aggregate, this.parts.draft.policy, this.parts.horizon);
    for (const event of events) stream.take(event);
    return stream.end();
  }
}

const reckonedWith = ({ zone, calendar, windows }: AdoptionDocument['company']) => ({ zone, calendar, windows });

const isTimed = (aggregate: Partial<SimulatedAggregate>): aggregate is SimulatedAggregate => (aggregate.clocks?.length ?? 0) > 0;

/** Its id is the case, or the case and a round: then nobody else writes to it. */
const isOwn = (stream: string, caseId: string): boolean => idOf(stream) === caseId || idOf(stream).startsWith(`${caseId}.`);

function byStream(events: readonly Recorded[]): ReadonlyMap<string, Recorded[]> {
  const streams = new Map<string, Recorded[]>();
  for (const event of events) {
    const own = streams.get(event.stream);
    if (own) own.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
}
