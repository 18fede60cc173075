import { asStored, isRefusal, streamOf, type Actor, type Aggregate, type DomainEvent, type Recorded } from 'aftercare/kernel';
import { isDeadlineEvent, nameOf, policySet, type PolicySet, type Timed } from 'aftercare/policy';

type Anything = Aggregate<{ readonly type: string }, Timed<unknown>, DomainEvent, PolicySet>;
/** Any aggregate with clocks, whatever its commands and events are. */
export type AnyTimedAggregate = Pick<Anything, 'name' | 'formats'> & { readonly decider: unknown };

export interface Doing {
  /** UTC instant of the decision. */
  readonly at: string;
  /** The case it belongs to; the aggregate itself unless told. */
  readonly caseId?: string;
  readonly actor?: Actor;
  readonly policy?: PolicySet;
}

interface Stream { readonly aggregate: Anything; readonly id: string; state: Timed<unknown>; version: number; caseId: string }

const CLERK: Actor = { id: 'u-1', role: 'intake.clerk' };
const WATCH: Actor = { id: 'deadline-watch', role: 'system' };

/** A UUIDv7 of that instant; `place` tells ids of one instant apart. */
export function idAt(instant: string, place = 1): string {
  const hex = Date.parse(instant).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${place.toString(16).padStart(12, '0')}`;
}

/** A log as a department would have recorded it, at instants that a test chooses. Personal words are left out. */
export class Recording {
  readonly events: Recorded[] = [];
  private readonly streams = new Map<string, Stream>();
  private ids = 0;

  constructor(private readonly log: string, private readonly policy: PolicySet = policySet()) {}

  /** Code of a refusal, or null when the command was taken. */
  do(of: AnyTimedAggregate, id: string, command: { readonly type: string }, { at, caseId, actor = CLERK, policy = this.policy }: Doing): string | null {
    const aggregate = of as Anything;
    const name = streamOf(aggregate, id);
    const stream = this.streams.get(name) ?? { aggregate, id, state: aggregate.decider.initial, version: -1, caseId: caseId ?? id };
    const decided = aggregate.decider.decide(command, stream.state, { id, freshId: this.newId(at), now: at, actor, policy });
    if (isRefusal(decided)) return decided.refused;
    for (const event of decided) {
      stream.state = aggregate.decider.evolve(stream.state, asStored(event));
      stream.version += 1;
      this.events.push(this.recorded(event, aggregate, { stream: name, version: stream.version, at, actor, caseId: caseId ?? stream.caseId, policy }));
    }
    this.streams.set(name, stream);
    return null;
  }

  /** What the deadline watch records when it looks at that instant. */
  watch(at: string): void {
    for (const { aggregate, id, state } of this.streams.values()) {
      for (const [clock, { steps, paused }] of Object.entries(state.clocks)) {
        const by = paused ? undefined : steps.findLast((step) => step.at !== null && step.at <= at)?.at;
        if (by) this.do(aggregate, id, { type: 'NoteDueDeadlines', clock, by } as { readonly type: string }, { at, actor: WATCH });
      }
    }
  }

  ofCase(caseId: string): readonly Recorded[] {
    return this.events.filter(({ correlationId }) => correlationId === caseId);
  }

  ofStream(stream: string): readonly Recorded[] {
    return this.events.filter((event) => event.stream === stream);
  }

  get breaches(): number {
    return this.events.filter((event) => isDeadlineEvent(event) && event.type === 'DeadlineBreached').length;
  }

  private newId(at: string): string {
    this.ids += 1;
    return idAt(at, 0x100000 + this.ids);
  }

  private recorded(event: DomainEvent, aggregate: Anything, on: { stream: string; version: number; at: string; actor: Actor; caseId: string; policy: PolicySet }): Recorded {
    const { stream, version, at, actor, caseId, policy } = on;
    return {
      format: 1, ...(aggregate.keeps && { adoption: nameOf(policy.adoption) }), id: this.newId(at), log: this.log, index: this.events.length, stream, version, schema: aggregate.formats[event.type]?.schema ?? 1,
      occurredAt: at, recordedAt: at, actor, onBehalfOf: null, reason: null, correlationId: caseId, causationId: null,
      policy: event.policy ?? null, signature: null, personal: null, type: event.type, data: event.data,
    };
  }
}
