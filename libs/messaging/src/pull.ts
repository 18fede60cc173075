import { jetstream, jetstreamManager, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { ClosedConnectionError, type NatsConnection } from '@nats-io/transport-node';
import type { Delivery } from './delivery.js';
import type { Inbox } from './inbox.js';
import { streamNameOf } from './names.js';
import { provisionConsumer } from './provision.js';

const ANSWER_MS = 2_000;
/** These mean that our durable consumer is not there any more; pulling on would wait for ever. */
const GONE: ReadonlySet<string> = new Set(['consumer_deleted', 'consumer_not_found', 'stream_not_found', 'no_responders']);

export interface PullSession {
  readonly connection: NatsConnection;
  readonly department: string;
  readonly inbox: Inbox;
  readonly stopped: AbortSignal;
  readonly ackWaitMs: number;
  /** Called whenever the server shows that it still serves us. */
  readonly beat: () => void;
}

/** Feeds the inbox until stopped. @throws Error when stream or consumer are missing, so that they are made again. */
export async function pullInto(session: PullSession): Promise<void> {
  const { connection, department, inbox, stopped, ackWaitMs, beat } = session;
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS });
  await provisionConsumer(manager, inbox.source, department, ackWaitMs);
  const consumer = await jetstream(connection, { timeout: ANSWER_MS }).consumers.get(streamNameOf(inbox.source), department);
  const messages = await consumer.consume({ max_messages: 256, expires: 5_000, idle_heartbeat: 1_000 });
  inbox.beginSession();
  const leave = () => messages.stop();
  stopped.addEventListener('abort', leave);
  if (stopped.aborted) leave();
  void watch(messages, beat);
  try {
    for await (const message of messages) {
      beat();
      if (!stopped.aborted) await inbox.room(stopped);
      const delivery = deliveryOf(message);
      // Messages that were on their way when we stopped would otherwise wait for the end of their ack time.
      if (stopped.aborted) delivery.nak();
      else inbox.receive(delivery);
    }
  } finally {
    stopped.removeEventListener('abort', leave);
  }
}

/**
 * A message outlives its connection, and answering on a closed one throws. The answer is not needed then: the
 * server hands the message out again, and the inbox knows it.
 */
function deliveryOf(message: JsMsg): Delivery {
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
    ack: () => unlessClosed(() => message.ack()),
    nak: millis => unlessClosed(() => message.nak(millis)),
    working: () => unlessClosed(() => message.working()),
  };
}

async function watch(messages: ConsumerMessages, beat: () => void): Promise<void> {
  for await (const notice of messages.status()) {
    if (GONE.has(notice.type)) messages.stop(new Error(notice.type.replaceAll('_', ' ')));
    else if (notice.type === 'heartbeat') beat();
  }
}
