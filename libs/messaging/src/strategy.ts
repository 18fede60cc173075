import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { BaseRpcContext } from '@nestjs/microservices';
import type { InboxMark, QuarantineEntry } from 'aftercare/event-store';
import type { Bus } from './bus.js';
import { commandsOf } from './commands-of.js';
import { isAlarmName } from './names.js';
import { natsLogOwner } from './log-range.js';
import { natsSourceFeed } from './nats-source-feed.js';
import type { React, ReactionHost } from './reacting.js';
import { readEvent, type ReadEvent } from './read-event.js';
import { answerRequests } from './requests.js';
import { FINISH_MS, SourceConsumer, type ConsumerTimes, type SourceStatus } from './source-consumer.js';

export interface StrategyOptions extends ReactionHost {
  readonly bus: Bus;
  readonly times?: ConsumerTimes;
}

export type RetryOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'not-quarantined' }
  | { readonly outcome: 'still-failing'; readonly reason: string };

/**
 * Nest transport over JetStream and the department's inbox. `@EventPattern('<department>.<Type>')` methods are
 * reactions: they get the opened event and return `Reaction`. `@MessagePattern` methods answer core NATS requests.
 */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('aftercare-jetstream');
  private readonly consumers = new Map<string, SourceConsumer>();
  private stopAnswering: (finishMs: number) => Promise<void> = async () => undefined;

  constructor(private readonly options: StrategyOptions) {
    super();
  }

  /**
   * Several methods may react to one event; of a question there is one answer, and which of two methods gave it would
   * be chance. @throws Error for the second one
   */
  override addHandler(pattern: Parameters<Server['addHandler']>[0], callback: MessageHandler, isEventHandler = false, extras: Record<string, unknown> = {}): void {
    const known = this.messageHandlers.get(this.normalizePattern(pattern));
    if (known && !(isEventHandler && known.isEventHandler)) throw new Error(`two methods want to answer "${this.normalizePattern(pattern)}"`);
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  /** Calls back at once: a department starts without the bus. */
  listen(callback: () => void): void {
    const { bus, log, times } = this.options;
    for (const [source, reactions] of this.reactionsBySource()) {
      const ports = { feed: natsSourceFeed(bus, source, log), owner: natsLogOwner(bus, source, log) };
      const consumer = new SourceConsumer(source, this.options, ports, reactions, times);
      this.consumers.set(source, consumer);
      consumer.start();
    }
    const requests = [...this.messageHandlers].filter(([, handler]) => !handler.isEventHandler);
    this.stopAnswering = answerRequests(bus, log, new Map(requests), this);
    callback();
  }

  /** Stops taking messages and questions, finishes those under way, then answers. The bus belongs to the host and stays open. */
  async close(): Promise<void> {
    const consumers = [...this.consumers.values()].map(consumer => consumer.close());
    await Promise.all([this.stopAnswering(this.options.times?.finishMs ?? FINISH_MS), ...consumers]);
    this.consumers.clear();
  }

  statusOfSources(): readonly SourceStatus[] {
    return [...this.consumers.values()].map(consumer => consumer.status());
  }

  /** Runs one quarantined message again and releases it when that works. */
  async retryQuarantined(mark: InboxMark): Promise<RetryOutcome> {
    const { store } = this.options;
    const entry = (await store.quarantined()).find(({ source, index }) => source === mark.source && index === mark.index);
    if (!entry) return { outcome: 'not-quarantined' };
    const failure = await this.failureOf(entry);
    if (failure) return { outcome: 'still-failing', reason: failure };
    await store.releaseFromQuarantine(mark);
    return { outcome: 'done' };
  }

  /** What the bytes of a quarantined message say, as far as its source vouches for them. */
  readQuarantined({ bytes, source }: QuarantineEntry): ReadEvent {
    return readEvent(bytes, source, this.options.decode);
  }

  on(): never {
    throw new Error('the bus reports its state through status()');
  }

  unwrap<T>(): T {
    return this.options.bus as T;
  }

  private async failureOf(entry: QuarantineEntry): Promise<string | null> {
    if (isAlarmName(entry.source)) return 'is no message but an alarm: only a signed drop settles it';
    const read = readEvent(entry.bytes, entry.source, this.options.decode);
    if (!read.ok) return read.reason;
    const consumer = this.consumers.get(entry.source);
    if (!consumer) return `no reaction listens to ${entry.source}`;
    return consumer.again(read.event).then(() => null, error => (error as Error).message ?? String(error));
  }

  private reactionsBySource(): ReadonlyMap<string, Map<string, React>> {
    const bySource = new Map<string, Map<string, React>>();
    for (const [pattern, handler] of this.messageHandlers) {
      if (!handler.isEventHandler) continue;
      const [source, type] = pattern.split('.');
      if (!source || !type) throw new Error(`"${pattern}" is no event pattern: it must read <department>.<EventType>`);
      const reactions = bySource.get(source) ?? new Map<string, React>();
      bySource.set(source, reactions.set(type, asReaction(pattern, handler)));
    }
    return bySource;
  }
}

function asReaction(pattern: string, handler: MessageHandler): React {
  return event => commandsOf(handler(event, new BaseRpcContext([pattern])));
}
