import type { EventStore } from 'aftercare/event-store';
import { requireKnown } from './unknown-in-stream.js';
import { streamOf, type Aggregate, type DomainEvent, type EventEnvelope } from 'aftercare/kernel';

/** An aggregate as of one version of its stream. */
export interface Loaded<S> {
  readonly state: S;
  /** -1 before the first event. */
  readonly version: number;
  /** Case the stream belongs to; null before the first event. */
  readonly correlationId: string | null;
  /** Policy version of that case, as its last event tells it. */
  readonly adoption: string | undefined;
  /** Case that the stream was opened for; that of a lot may since have come to belong to others. */
  readonly openedFor: string | null;
  /** What was put up for a decision in a stream of many cases, and by which case. */
  readonly raised: ReadonlyMap<string, OfCase>;
}

/** What the events of a case have in common. */
export type OfCase = Pick<EventEnvelope, 'correlationId' | 'adoption'>;

const BATCH = 500;
/** A case is worked on in bursts; more than those under way only filled the memory. */
const REMEMBERED = 2_000;

/**
 * Folds streams, and remembers the last folds. A remembered state can be behind, because another instance may write to
 * the same log: the append that follows names the version it was based on, and a conflict forgets the state; what is
 * decided without an append asks `isLast`. Nothing is kept beyond the process, so no changed fold meets an old state.
 */
export class States {
  private readonly remembered = new Map<string, Loaded<unknown>>();

  constructor(private readonly store: EventStore) {}

  async load<C, S, E extends DomainEvent, P>(aggregate: Aggregate<C, S, E, P>, id: string): Promise<Loaded<S>> {
    const stream = streamOf(aggregate, id);
    const known = this.remembered.get(stream) as Loaded<S> | undefined;
    if (known) return known;
    let loaded: Loaded<S> = { state: aggregate.decider.initial, version: -1, correlationId: null, adoption: undefined, openedFor: null, raised: new Map() };
    for (;;) {
      const batch = await this.store.readStream(stream, loaded.version + 1, BATCH);
      for (const { event } of batch) {
        requireKnown(aggregate, event);
        loaded = this.after(aggregate, loaded, event as unknown as E, event);
      }
      if (batch.length < BATCH) break;
    }
    if (loaded.version >= 0) this.remember(stream, loaded);
    return loaded;
  }

  after<C, S, E extends DomainEvent, P>(aggregate: Aggregate<C, S, E, P>, before: Loaded<S>, event: E, { correlationId, adoption }: OfCase): Loaded<S> {
    const state = aggregate.decider.evolve(before.state, event);
    const matter = aggregate.matters?.raisedBy(event) ?? null;
    const raised = matter === null ? before.raised : new Map([...before.raised, [matter, { correlationId, adoption }]]);
    return { state, version: before.version + 1, correlationId, adoption, openedFor: before.openedFor ?? correlationId, raised };
  }

  remember<S>(stream: string, loaded: Loaded<S>): void {
    this.remembered.delete(stream);
    this.remembered.set(stream, loaded);
    if (this.remembered.size <= REMEMBERED) return;
    const oldest = this.remembered.keys().next().value;
    if (oldest !== undefined) this.remembered.delete(oldest);
  }

  /** Whether the stream ends with this version. */
  async isLast(stream: string, version: number): Promise<boolean> {
    const from = Math.max(0, version);
    const [last, next] = await this.store.readStream(stream, from, 2);
    return version < 0 ? last === undefined : last !== undefined && next === undefined;
  }

  forget(stream: string): void {
    this.remembered.delete(stream);
  }
}
