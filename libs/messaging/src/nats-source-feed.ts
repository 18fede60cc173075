import { jetstream, jetstreamManager, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { ClosedConnectionError, type NatsConnection } from '@nats-io/transport-node';
import { ANSWER_MS, closeUnlessAnswering } from './answering.js';
import type { Bus } from './bus.js';
import type { Delivery } from './delivery.js';
import { isEventSubjectOf, streamNameOf } from './names.js';
import { NotProvisioned, type FeedTarget, type SourceFeed } from './ports.js';
import { isMissing } from './provision.js';

/** These mean that our durable consumer is not there any more; pulling on would wait for ever. */
const GONE: ReadonlySet<string> = new Set(['consumer_deleted', 'consumer_not_found', 'stream_not_found', 'no_responders']);

/** The durable consumer `department` on the stream of `source`. Needs the right to look at it, to pull from it and to acknowledge. */
export function natsSourceFeed(bus: Bus, source: string, department: string): SourceFeed {
  const stream = streamNameOf(source);
  return {
    run: async (target, stopped) => {
      const connection = await bus.online(stopped);
      if (connection) await pullInto({ connection, consumer: await consumerOf(connection, stream, department), source }, target, stopped);
    },
    newest: async () => {
      const connection = bus.status().connected ? await bus.online() : null;
      if (!connection) return null;
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS });
      const info = await manager.consumers.info(stream, department).catch(() => null);
      return info && info.delivered.stream_seq + info.num_pending;
    },
  };
}

async function consumerOf(connection: NatsConnection, stream: string, department: string): Promise<Consumer> {
  try {
    return await jetstream(connection, { timeout: ANSWER_MS }).consumers.get(stream, department);
  } catch (error) {
    if (isMissing(error)) throw new NotProvisioned('consumer');
    await closeUnlessAnswering(connection);
    throw error;
  }
}

interface Session {
  readonly connection: NatsConnection;
  readonly consumer: Consumer;
  readonly source: string;
}

async function pullInto({ connection, consumer, source }: Session, target: FeedTarget, stopped: AbortSignal): Promise<void> {
  const messages = await consumer.consume({ max_messages: 256, expires: 5_000, idle_heartbeat: 1_000 });
  target.begin();
  const leave = () => messages.stop();
  stopped.addEventListener('abort', leave);
  if (stopped.aborted) leave();
  void watch(connection, messages, target);
  try {
    for await (const message of messages) await target.take(deliveryOf(message, source));
  } finally {
    stopped.removeEventListener('abort', leave);
  }
}

/**
 * A message outlives its connection, and answering on a closed one throws. The answer is not needed then: the
 * server hands the message out again, and the inbox knows it.
 */
function deliveryOf(message: JsMsg, source: string): Delivery {
  const unlessClosed = (answer: () => void) => {
    try {
      answer();
    } catch (error) {
      if (!(error instanceof ClosedConnectionError)) throw error;
    }
  };
  return {
    seq: message.seq,
    data: message.data,
    // Only the source may publish on its subjects. Yet who pulls from a stream says where the server sends the message, and
    // that may be another stream: it takes the message in, under the subject that it first had.
    ...(!isEventSubjectOf(source, message.subject) && { fault: 'was published elsewhere and sent on into this stream' }),
    ack: () => unlessClosed(() => message.ack()),
    nak: millis => unlessClosed(() => message.nak(millis)),
    working: () => unlessClosed(() => message.working()),
  };
}

async function watch(connection: NatsConnection, messages: ConsumerMessages, target: FeedTarget): Promise<void> {
  for await (const notice of messages.status()) {
    if (GONE.has(notice.type)) messages.stop(new Error(notice.type.replaceAll('_', ' ')));
    else if (notice.type === 'heartbeat') target.beat();
    else if (notice.type === 'heartbeats_missed') void closeUnlessAnswering(connection);
  }
}
