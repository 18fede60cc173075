import { Injectable } from '@nestjs/common';
import type { EventStore, StoredEvent } from 'aftercare/event-store';
import { numberOf, streamOf, type Aggregate, type DomainEvent, type Opened, type Recorded } from 'aftercare/kernel';
import type { PolicySet, Timed } from 'aftercare/policy';
import { open, type SubjectKeyVault } from 'aftercare/privacy';
import { requireKnown } from '../commands/unknown-in-stream.js';
import { HttpProblem } from '../http/index.js';

/** One aggregate for a reader: where it stands, its clocks, and the latest wording of every text. */
export interface CaseFile<S> {
  readonly id: string;
  readonly number?: string;
  readonly caseId: string;
  readonly version: number;
  readonly stage: string;
  readonly state: S;
  readonly clocks: Timed<S>['clocks'];
  /** The adoption it is decided under, `example@1` with its digest; null where nothing of a policy decides it. */
  readonly policy: Timed<S>['policy'];
  readonly texts: Readonly<Record<string, string>>;
}

const BATCH = 500;

/** Opens recorded events for people who may read them. */
@Injectable()
export class CaseFiles {
  constructor(private readonly store: EventStore, private readonly vault: SubjectKeyVault) {}

  async openEvent(event: Recorded): Promise<Opened> {
    const personal = await open(this.vault, { log: event.log, eventId: event.id }, event.personal);
    return { ...event, personal } as Opened;
  }

  async openAll(stored: readonly StoredEvent[]): Promise<Opened[]> {
    return Promise.all(stored.map(({ event }) => this.openEvent(event)));
  }

  /** For a decision that needs a neighbour's state as a fact; the initial state for an id that was never opened. */
  async stateOf<C, S, E extends DomainEvent>(aggregate: Aggregate<C, Timed<S>, E, PolicySet>, id: string): Promise<S> {
    const stream = streamOf(aggregate, id);
    let state = aggregate.decider.initial;
    for (let next = 0; ;) {
      const batch = await this.store.readStream(stream, next, BATCH);
      for (const { event } of batch) {
        requireKnown(aggregate, event);
        state = aggregate.decider.evolve(state, event as unknown as E);
      }
      if (batch.length < BATCH) return state.own;
      next += batch.length;
    }
  }

  /** Always the last recorded state, whatever the read models have seen. @throws HttpProblem 404 */
  async show<C, S, E extends DomainEvent>(aggregate: Aggregate<C, Timed<S>, E, PolicySet>, id: string): Promise<CaseFile<S>> {
    const stream = streamOf(aggregate, id);
    let state = aggregate.decider.initial;
    let version = -1;
    let caseId = id;
    const texts: Record<string, string> = {};
    for (;;) {
      const batch = await this.openAll(await this.store.readStream(stream, version + 1, BATCH));
      for (const event of batch) {
        requireKnown(aggregate, event);
        state = aggregate.decider.evolve(state, event as unknown as E);
        version = event.version;
        caseId = event.correlationId;
        Object.assign(texts, event.personal?.fields);
      }
      if (batch.length < BATCH) break;
    }
    if (version < 0) {
      throw new HttpProblem({
        status: 404, code: `unknown-${aggregate.name}`, field: 'id',
        detail: { zh: `没有编号为 ${id} 的记录。`, en: `There is no ${aggregate.name} with id ${id}.` },
      });
    }
    return { id, number: numberOf(aggregate, id), caseId, version, stage: aggregate.stage(state), state: state.own, clocks: state.clocks, policy: state.policy, texts };
  }
}
