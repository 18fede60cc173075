import type { IncentiveEvent } from 'aftercare/contracts';
import type { Recorded, RuleTrace } from 'aftercare/kernel';
import { boundEntries } from '../adoption/policy-of.js';
import type { TableKey } from '../what-is-read.js';
import type { AmountDifference, Difference, PenaltyKind } from './difference.js';
import type { Draft } from './draft.js';
import { addAmount, noSums, type Sums } from './penalty-sums.js';

/** What one side says of one event: nothing, so many minor units or points, or that a person names the amount. */
type Said = { readonly least: number; readonly most: number } | 'person' | null;
/** The draft may also be what nobody can ask. */
type SaidByDraft = Said | 'unknown';

const FINES = 'performance.fine.complaint_count';
const AWARD = 'performance.award.zero_complaints';
const POINTS = { negligence: 'performance.penalty_points.negligence', 'late-implementation': 'performance.penalty_points.late_implementation' } as const;
const RANGES: Readonly<Record<string, string>> = {
  negligence: 'performance.fine.negligence', outstanding: 'performance.bonus.outstanding', 'consumer-service': 'performance.bonus.consumer_service',
};

type Proposed = Extract<IncentiveEvent, { type: 'IncentiveProposed' }>['data'];
type Place = Pick<Difference, 'caseId' | 'department' | 'stream'>;

/** Streams in which what people are fined or rewarded with is proposed: of one person in one month, whichever cases it came from. */
export const isAboutPenalties = (stream: string): boolean => stream.startsWith('incentive-');

/** The money and points of one such stream, proposed as recorded and as the draft would have. Whether people agreed is not looked at. */
export class PenaltiesOfStream {
  private readonly sums: Record<PenaltyKind, Sums> = { fine: noSums(), points: noSums(), bonus: noSums() };
  /** P003-39: of the complaints of one month only the highest tier counts, so each adds what it adds to that. */
  private readonly highest = { recorded: 0, drafted: 0 };
  /** Proposals in whose place another was made by the same decision. */
  private readonly replacing = new Map<string, string>();
  private readonly ranges = new Map<string, { readonly recorded: Said; readonly drafted: SaidByDraft }>();

  /** @param answered takes the keys that the draft was asked */
  constructor(private readonly draft: Draft, private readonly events: readonly Recorded[], private readonly caseId: string, private readonly answered: Set<string>) {}

  /** What the case adds, by kind; only kinds of which there is something. */
  ofCase(): ReadonlyMap<PenaltyKind, Sums> {
    for (const event of this.events) this.take(event, event.correlationId === this.caseId);
    const kinds = Object.entries(this.sums) as [PenaltyKind, Sums][];
    return new Map(kinds.filter(([, { recorded, draft, withoutAmount, notReplayable }]) => recorded.number + draft.number + withoutAmount.recorded + withoutAmount.draft + notReplayable.number > 0
      || recorded.most !== 0 || draft.most !== 0));
  }

  private take(event: Recorded, isOwn: boolean): void {
    const told = event as unknown as IncentiveEvent;
    switch (told.type) {
      case 'ComplaintCounted': return this.takeComplaint(event, told.data.count, isOwn);
      case 'FaultCounted': return this.takeFault(told.data, isOwn);
      case 'IncentiveReplaced': this.replacing.set(told.data.by, told.data.proposal); return;
      case 'IncentiveProposed': return this.takeProposal(told.data, event.policy, isOwn);
      default: return;
    }
  }

  private takeComplaint(event: Recorded, count: number, isOwn: boolean): void {
    const trace = event.policy ?? this.events.find(({ policy, type }) => type === 'IncentiveProposed' && policy?.inputs['count'] === count)?.policy;
    const recorded = trace ? fineIn(trace.outcome) : null;
    const drafted = trace ? this.fineOfDraft(trace.inputs) : boundEntries(this.draft.document, FINES).length > 0 ? 'unknown' : null;
    const before = { ...this.highest };
    this.highest.recorded = Math.max(before.recorded, mostOf(recorded));
    this.highest.drafted = Math.max(before.drafted, mostOf(drafted));
    if (isOwn) {
      this.add('fine', raised(recorded, before.recorded, this.highest.recorded), raised(drafted, before.drafted, this.highest.drafted), {
        recorded: before.recorded > 0 ? 0 : 1, drafted: before.drafted > 0 ? 0 : 1,
      });
    }
  }

  /** P001E-42: so many points for each fault that is not grave. */
  private takeFault({ fault, cause, grave }: { readonly fault: string; readonly cause: keyof typeof POINTS; readonly grave: boolean }, isOwn: boolean): void {
    if (grave || !isOwn) return;
    const key = POINTS[cause];
    const proposed = this.events.map((event) => event as unknown as IncentiveEvent).find((one) => one.type === 'IncentiveProposed' && one.data.proposal === fault && one.data.kind === 'points');
    const points = proposed?.type === 'IncentiveProposed' ? proposed.data.points : null;
    const drafted = this.draft.valueOf(key);
    this.answered.add(key);
    this.add('points', points === null ? null : fixed(points), typeof drafted === 'number' ? fixed(drafted) : null);
  }

  private takeProposal({ proposal, kind, ground, range }: Proposed, trace: RuleTrace | null, isOwn: boolean): void {
    if (ground === 'zero-complaints') {
      if (isOwn) this.add('bonus', 'person', trace ? this.awardOfDraft(trace.inputs) : 'unknown');
      return;
    }
    const key = RANGES[ground];
    if (kind === 'points' || !range || key === undefined) return;
    const recorded: Said = { least: range.from.minor, most: range.to.minor };
    const drafted = rangeIn(this.draft.valueOf(key));
    this.ranges.set(proposal, { recorded, drafted });
    const replaced = this.ranges.get(this.replacing.get(proposal) ?? '');
    if (!isOwn) return;
    this.answered.add(key);
    // A further fault joins the open proposal: it is the same fine.
    if (replaced) this.add(kind, less(recorded, replaced.recorded), less(drafted, replaced.drafted), { recorded: 0, drafted: 0 });
    else this.add(kind, recorded, drafted);
  }

  private fineOfDraft(inputs: RuleTrace['inputs']): SaidByDraft {
    const answer = asked(this.draft, FINES, inputs);
    if (!answer) return 'unknown';
    if (!answer.determined) return answer.why === 'not-adopted' ? null : 'person';
    const fine = answer.then['fine'];
    return typeof fine === 'number' ? fixed(fine) : 'person';
  }

  /** No amount is given anywhere: a person names it, unless the table says that there is no award. */
  private awardOfDraft(inputs: RuleTrace['inputs']): SaidByDraft {
    const answer = asked(this.draft, AWARD, inputs);
    if (!answer) return 'unknown';
    return answer.determined ? (answer.then['proposal'] === 'year-end-award' ? 'person' : null) : answer.why === 'not-adopted' ? null : 'person';
  }

  private add(kind: PenaltyKind, recorded: Said, drafted: SaidByDraft, number = { recorded: 1, drafted: 1 }): void {
    const sums = this.sums[kind];
    if (recorded === 'person') sums.withoutAmount.recorded += 1;
    else if (recorded) addAmount(sums.recorded, { ...recorded, number: number.recorded });
    if (drafted === 'person') sums.withoutAmount.draft += 1;
    else if (drafted === 'unknown') addAmount(sums.notReplayable, recorded === 'person' || recorded === null ? { number: 1, least: 0, most: 0 } : { ...recorded, number: 1 });
    else if (drafted) addAmount(sums.draft, { ...drafted, number: number.drafted });
  }
}

/** Null where both sides say the same of all that can be asked. */
export function amountDifference(penalty: PenaltyKind, sums: Sums, place: Place): AmountDifference | null {
  const { recorded, draft, withoutAmount, notReplayable } = sums;
  const isSame = recorded.least - notReplayable.least === draft.least && recorded.most - notReplayable.most === draft.most && withoutAmount.recorded === withoutAmount.draft
    && (notReplayable.number > 0 || recorded.number === draft.number);
  return isSame ? null : { kind: 'amount', penalty, ...place, ...sums };
}

function asked(draft: Draft, key: TableKey, inputs: RuleTrace['inputs']) {
  try {
    return draft.policy.decide(key, inputs);
  } catch (error) {
    // A column of the draft has another type than what was recorded.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Of a trace as tables tell it: the value itself where there is one output, else `name: value` pairs. */
function fineIn(outcome: string): Said {
  if (outcome === 'undetermined: not-adopted') return null;
  const [, minor] = /(?:^|; )fine: (\d+)(?:;|$)/.exec(outcome) ?? [];
  return minor === undefined ? 'person' : fixed(Number(minor));
}

const fixed = (value: number): Said => ({ least: value, most: value });
const mostOf = (said: SaidByDraft): number => (said === null || typeof said === 'string' ? 0 : said.most);

/** What a tier adds to the highest before it: nothing where it is not higher. */
function raised<T extends SaidByDraft>(tier: T, before: number, now: number): T | Said {
  if (tier === null || typeof tier === 'string') return tier;
  return now > before ? fixed(now - before) : null;
}

function less<T extends SaidByDraft>(one: T, before: SaidByDraft): T | Said {
  if (one === null || typeof one === 'string' || before === null || typeof before === 'string') return one;
  return one.least === before.least && one.most === before.most ? null : { least: one.least - before.least, most: one.most - before.most };
}

function rangeIn(value: unknown): Said {
  const isRange = typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
  return isRange ? { least: Number(value.from), most: Number(value.to) } : null;
}
