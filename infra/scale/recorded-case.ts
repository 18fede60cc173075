import { openMemoryStore, type EventToAppend } from 'aftercare/event-store';
import { isRefusal, streamOf, type Actor, type Aggregate, type DecisionContext, type DomainEvent } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { openMemoryVault, seal, type SubjectKeyVault } from 'aftercare/privacy';
import { uuidv7 } from 'uuidv7';
import { complaint } from '../../services/intake/src/complaint/complaint.decide.js';
import { inquiry } from '../../services/intake/src/inquiry/inquiry.decide.js';
import { suggestion } from '../../services/intake/src/suggestion/suggestion.decide.js';
import { BEGAN, type CaseKind, type Step } from './case-kinds.js';

const LOG = 'intake';
const AGGREGATES = { complaint, inquiry, suggestion } as const;

/** One append of a recorded case: what one command recorded, with the exact stored form of each event. */
export interface RecordedStep {
  /** UTC instant of the decision. */
  readonly now: string;
  readonly stream: string;
  readonly texts: readonly string[];
}

export type AnyAggregate = Aggregate<object, unknown, DomainEvent, PolicySet>;

export function aggregateOf(name: string): AnyAggregate {
  return AGGREGATES[name as keyof typeof AGGREGATES] as unknown as AnyAggregate;
}

/** Runs the kind through the deciders, the sealing and the store's own serialiser. @throws Error when a step is refused */
export async function recordCase(kind: CaseKind): Promise<readonly RecordedStep[]> {
  let now = BEGAN;
  const store = openMemoryStore({ log: LOG, now: () => now });
  const vault = openMemoryVault();
  const aggregate = aggregateOf(kind.aggregate);
  const id = uuidv7();
  const stream = streamOf(aggregate, id);
  const recorded: RecordedStep[] = [];
  let state = aggregate.decider.initial;
  let version = -1;
  for (const step of kind.steps as readonly Step<{ readonly type: string }>[]) {
    now = new Date(Date.parse(BEGAN) + Math.round(step.hours * 3_600_000)).toISOString();
    const actor = actorOf(step.by);
    const context: DecisionContext<PolicySet> = { id, freshId: uuidv7(), now, actor, policy: policySet() };
    const decided = aggregate.decider.decide(step.command, state, context);
    if (isRefusal(decided)) throw new Error(`${kind.name}: ${step.command.type} was refused: ${decided.refused} ${decided.message.en}`);
    state = decided.reduce((folded, event) => aggregate.decider.evolve(folded, event), state);
    const events = await Promise.all(decided.map((event) => toAppend(aggregate, event, actor, now, id, vault)));
    await store.append({ stream, expectedVersion: version, events, commandId: uuidv7(), fingerprint: 'recorded' });
    const stored = await store.readStream(stream, version + 1, events.length);
    recorded.push({ now, stream, texts: stored.map(({ bytes }) => Buffer.from(bytes).toString('utf8')) });
    version += events.length;
  }
  await store.close();
  return recorded;
}

async function toAppend(aggregate: AnyAggregate, event: DomainEvent, actor: Actor, now: string, caseId: string, vault: SubjectKeyVault): Promise<EventToAppend> {
  const format = aggregate.formats[event.type];
  if (!format) throw new Error(`${aggregate.name} has no format for ${event.type}`);
  const id = uuidv7();
  const hasWords = event.personal && Object.keys(event.personal.fields).length > 0;
  return {
    id, type: event.type, schema: format.schema, occurredAt: now, actor, onBehalfOf: null, reason: null, correlationId: caseId,
    causationId: actor.role === 'system' ? uuidv7() : null, policy: event.policy ?? null, signature: null, data: event.data,
    personal: hasWords && event.personal ? await seal(vault, { log: LOG, eventId: id }, event.personal) : null,
  };
}

function actorOf(by: Step<unknown>['by']): Actor {
  switch (by) {
    case 'clerk': return { id: 'u-clerk-3', role: 'intake.clerk' };
    case 'administrator': return { id: 'u-administrator-1', role: 'intake.administrator' };
    case 'reviewer': return { id: 'u-reviewer-2', role: 'intake.reviewer' };
    default: return { id: `reaction:${by}`, role: 'system' };
  }
}
