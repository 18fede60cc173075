import { Logger } from '@nestjs/common';
import type { AppendResult, CommandRecord, EventStore, EventToAppend } from 'aftercare/event-store';
import { idOf, isRefusal, numberOf, refuse, streamOf, type Aggregate, type DomainEvent, type Refusal } from 'aftercare/kernel';
import { nameOf, type PolicySet } from 'aftercare/policy';
import { seal, type SubjectKeyVault } from 'aftercare/privacy';
import { uuidv7 } from 'uuidv7';
import { caseOf } from './case-of.js';
import type { CommandCall, CommandReceipt } from './command-call.js';
import type { Loaded, OfCase, States } from './states.js';
import { keptBy, openedAt, type Policies } from '../policies/department-policies.js';
import { StreamLanes } from './stream-lanes.js';
import { alarmIfUndetermined } from './undetermined-alarm.js';

export type Outcome =
  | { readonly outcome: 'done'; readonly receipt: CommandReceipt }
  /** `isNew`: nothing was ever recorded under this id. */
  | { readonly outcome: 'refused'; readonly refusal: Refusal; readonly isNew: boolean }
  /** The caller named a version that is no longer the last one. */
  | { readonly outcome: 'late'; readonly version: number; readonly stage: string };

export interface CommandParts {
  readonly store: EventStore;
  readonly states: States;
  readonly vault: SubjectKeyVault;
  readonly policies: Policies;
  readonly fingerprint: (stream: string, command: object) => string;
  /** UTC milliseconds. */
  readonly now: () => number;
}

/** Attempts after a lost race. Every loser re-decides on the winner's state, so a handful is ample. */
const ATTEMPTS = 12;

const KEY_REUSED = 'idempotency-key-reused';

/** Repeat? load, decide, seal, append expecting the version decided on; again if somebody was faster. */
export class Commands {
  private readonly lanes = new StreamLanes();
  private readonly logger = new Logger('Undetermined');

  constructor(private readonly parts: CommandParts) {}

  /** Runs a command on a new aggregate; a repeat finds the one that the first call made. */
  async create<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, command: C, call: CommandCall,
  ): Promise<Outcome> {
    const known = await this.parts.store.findCommand(call.commandId);
    const outcome = await this.execute(aggregate, known ? idOf(known.stream) : uuidv7(), command, call);
    // Two of the same command at the same moment: the later one took another id for it, so only now can it be compared.
    const overtaken = !known && outcome.outcome === 'refused' && outcome.refusal.refused === KEY_REUSED;
    return overtaken ? this.create(aggregate, command, call) : outcome;
  }

  async execute<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, id: string, command: C, call: CommandCall,
  ): Promise<Outcome> {
    const stream = streamOf(aggregate, id);
    const fingerprint = this.parts.fingerprint(stream, command);
    const known = await this.parts.store.findCommand(call.commandId);
    if (known) return this.repeatedWithMark(aggregate, known, stream, fingerprint, call);
    return this.lanes.run(stream, () => this.decideAndAppend(aggregate, id, command, call, fingerprint));
  }

  private async decideAndAppend<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, id: string, command: C, call: CommandCall, fingerprint: string,
  ): Promise<Outcome> {
    const stream = streamOf(aggregate, id);
    for (let attempt = 1; ; attempt += 1) {
      const loaded = await this.parts.states.load(aggregate, id);
      const outcome = await this.attempt(aggregate, { id, stream, loaded, fingerprint }, command, call);
      // An append names the version it rests on. What ends without one could rest on a state that somebody has overtaken.
      if (outcome?.outcome === 'done') return outcome;
      if (outcome && await this.parts.states.isLast(stream, loaded.version)) return await this.sameRecordedMeanwhile(aggregate, stream, fingerprint, call) ?? outcome;
      this.parts.states.forget(stream);
      if (attempt >= ATTEMPTS) return { outcome: 'late', version: loaded.version, stage: aggregate.stage(loaded.state) };
    }
  }

  /** The same command sent to two instances: what refuses it here may be just what it did over there. */
  private async sameRecordedMeanwhile<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, stream: string, fingerprint: string, call: CommandCall,
  ): Promise<Outcome | null> {
    const known = await this.parts.store.findCommand(call.commandId);
    return known && this.repeatedWithMark(aggregate, known, stream, fingerprint, call);
  }

  /** Null when somebody else was faster. */
  private async attempt<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, on: { readonly id: string; readonly stream: string; readonly loaded: Loaded<S>; readonly fingerprint: string },
    command: C, call: CommandCall,
  ): Promise<Outcome | null> {
    const { id, stream, loaded, fingerprint } = on;
    if (call.expectedVersion !== null && call.expectedVersion !== loaded.version) return { outcome: 'late', version: loaded.version, stage: aggregate.stage(loaded.state) };
    const now = new Date(this.parts.now()).toISOString();
    const belongs = await caseOf(this.parts.store, { id, loaded, command, cause: call.cause, now, ...(aggregate.matters && { decides: aggregate.matters.decidedBy(command) }) });
    if ('refused' in belongs) return { outcome: 'refused', refusal: belongs, isNew: true };
    const { correlationId, told } = belongs;
    const policy = await this.parts.policies.decideBy(keptBy(aggregate, loaded.state), openedAt(correlationId, now), aggregate.keeps || aggregate.matters ? told : undefined);
    const ofCase = { correlationId, adoption: adoptionOf(aggregate, loaded, { correlationId, told, policy }) };
    const context = { id, freshId: uuidv7(), now, actor: call.actor, policy };
    const decided = aggregate.decider.decide(command, loaded.state, context);
    if (isRefusal(decided)) return { outcome: 'refused', refusal: decided, isNew: loaded.version < 0 };
    const events = await Promise.all(decided.map((event) => this.prepare(aggregate, event, call, now, ofCase)));
    const result = await this.parts.store.append({
      stream, expectedVersion: loaded.version, events, commandId: call.commandId, fingerprint, ...(call.inbox && { inbox: call.inbox }),
    });
    return this.settle(aggregate, result, loaded, decided, ofCase, stream);
  }

  private settle<C, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, result: AppendResult, before: Loaded<S>, decided: readonly E[], ofCase: OfCase, stream: string,
  ): Outcome | Promise<Outcome> | null {
    switch (result.outcome) {
      case 'conflict': return null;
      case 'command-id-reused': return keyReused();
      case 'repeated': return this.repeated(aggregate, result.record, stream, result.record.fingerprint);
      case 'appended': {
        alarmIfUndetermined(this.logger, stream, decided);
        let after = before;
        for (const event of decided) after = this.parts.states.after(aggregate, after, event, ofCase);
        if (after !== before) this.parts.states.remember(stream, after);
        const receipt = receiptOf(aggregate, stream, after.version, aggregate.stage(after.state), decided);
        return { outcome: 'done', receipt };
      }
    }
  }

  /** The command was done before its message was marked; without the mark the message would come back for ever. */
  private async repeatedWithMark<C extends { readonly type: string }, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, known: CommandRecord, stream: string, fingerprint: string, call: CommandCall,
  ): Promise<Outcome> {
    const outcome = await this.repeated(aggregate, known, stream, fingerprint);
    // Only for the same command: an id that somebody else used must not make a message count as dealt with.
    if (call.inbox && outcome.outcome === 'done') await this.parts.store.markInbox(call.inbox);
    return outcome;
  }

  /** The receipt of the first time, rebuilt from what the command recorded then. */
  private async repeated<C, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, record: CommandRecord, stream: string, fingerprint: string,
  ): Promise<Outcome> {
    if (record.stream !== stream || record.fingerprint !== fingerprint) return keyReused();
    const count = record.nextIndex - record.firstIndex;
    const recorded = count === 0 ? [] : await this.parts.store.readStream(stream, record.version - count + 1, count);
    const { state } = await this.parts.states.load(aggregate, idOf(stream));
    const receipt = receiptOf(aggregate, stream, record.version, aggregate.stage(state), recorded.map(({ event }) => event));
    return { outcome: 'done', receipt: { ...receipt, repeated: true } };
  }

  private async prepare<C, S, E extends DomainEvent>(
    aggregate: Aggregate<C, S, E, PolicySet>, event: E, call: CommandCall, now: string, ofCase: OfCase,
  ): Promise<EventToAppend> {
    const format = aggregate.formats[event.type];
    if (!format) throw new Error(`${aggregate.name} has no format for ${event.type}`);
    const id = uuidv7();
    const personal = event.personal && Object.keys(event.personal.fields).length > 0
      ? await seal(this.parts.vault, { log: this.parts.store.log, eventId: id }, event.personal) : null;
    return {
      id, type: event.type, schema: format.schema, occurredAt: now, actor: { id: call.actor.id, role: call.actor.role },
      onBehalfOf: call.onBehalfOf, reason: call.reason, ...ofCase, causationId: call.cause?.eventId ?? null,
      policy: event.policy ?? null, signature: call.signature ?? null, data: event.data, personal,
    };
  }
}

/**
 * The version that goes on with the case. A stream that keeps one tells by which it decided; one that keeps none passes
 * on what it was told. So does one that was opened for another case: a lot keeps the version of its first case, which
 * must not become that of the second. A stream of many cases decides by the version of each, and tells that.
 */
function adoptionOf<C, S, E extends DomainEvent>(
  { keeps, matters }: Aggregate<C, S, E, PolicySet>, { openedFor }: Loaded<S>, of: { readonly correlationId: string; readonly told: string | undefined; readonly policy: PolicySet },
): string | undefined {
  if (matters) return nameOf(of.policy.adoption);
  return keeps && (openedFor ?? of.correlationId) === of.correlationId ? nameOf(of.policy.adoption) : of.told;
}

function receiptOf(
  aggregate: Pick<Aggregate, 'numbered'>, stream: string, version: number, stage: string, events: readonly { readonly type: string }[],
): CommandReceipt {
  const id = idOf(stream);
  const number = numberOf(aggregate, id);
  return { id, ...(number && { number }), version, stage, events: events.map(({ type }) => type), repeated: false };
}

function keyReused(): Outcome {
  return {
    outcome: 'refused',
    isNew: false,
    refusal: refuse(KEY_REUSED, {
      zh: '该 Idempotency-Key 已用于内容不同的命令，请换一个。',
      en: 'This Idempotency-Key was used for a command with other content; take a new one.',
    }, { field: 'Idempotency-Key' }),
  };
}
