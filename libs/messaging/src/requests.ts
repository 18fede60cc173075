import { Logger } from '@nestjs/common';
import { NatsContext, NatsRequestJSONDeserializer, RpcException, type MessageHandler, type WritePacket } from '@nestjs/microservices';
import type { Msg, NatsConnection, Subscription as Subscribed } from '@nats-io/transport-node';
import type { Observable, Subscription } from 'rxjs';
import type { Bus } from './bus.js';
import { isInbox } from './names.js';
import { pause } from './pause.js';

/** The two services of Nest's transport base class that a request needs. */
export interface ReplySending {
  transformToObservable(result: unknown): Observable<unknown>;
  send(stream: Observable<unknown>, respond: (packet: WritePacket) => Promise<unknown> | void): Subscription;
}

/**
 * Ordinary request/reply on core NATS in Nest's own wire form, so that a Nest `ClientNats` can ask. The department's
 * name is the queue group: of several instances one answers. Returns the way to stop: no more are taken, and what was
 * asked before that is answered, if that is done within `finishMs`.
 */
export function answerRequests(
  bus: Bus, department: string, handlers: ReadonlyMap<string, MessageHandler>, sending: ReplySending,
): (finishMs: number) => Promise<void> {
  const logger = new Logger('Requests');
  const underWay = new Set<Promise<void>>();
  const leave = (connection: NatsConnection, subscriptions: readonly Subscribed[]): void => {
    // Drained and not ended: what the server sent before it heard of the end would be lost, and its asker would wait in vain.
    keep(underWay, Promise.all(subscriptions.map(async each => each.drain())).then(() => undefined, () => undefined));
    left = connection;
  };
  let left: NatsConnection | null = null;
  const stop = bus.whenConnected(connection => {
    const subscriptions = [...handlers].map(([pattern, handler]) => connection.subscribe(pattern, {
      queue: department,
      callback: (error, message) => {
        if (error) return logger.warn(`requests on ${pattern} stopped: ${error.message}`);
        if (!isInbox(message.reply)) return logger.warn(`a request on ${pattern} names no inbox for the answer`);
        keep(underWay, reply(message, handler, sending).catch(failure => {
          logger.warn(`a request on ${pattern} failed: ${(failure as Error).name}`);
          refuse(message, INTERNAL);
        }));
      },
    }));
    return () => leave(connection, subscriptions);
  });
  return async finishMs => {
    stop();
    const isFinished = new AbortController();
    await Promise.race([finished(underWay, () => left), pause(finishMs, isFinished.signal)]);
    isFinished.abort();
  };
}

function keep(underWay: Set<Promise<void>>, work: Promise<void>): void {
  underWay.add(work);
  void work.finally(() => underWay.delete(work));
}

/** The host closes the connection next; an answer that is still in its buffer then would never leave. */
async function finished(underWay: ReadonlySet<Promise<void>>, connection: () => NatsConnection | null): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
  await connection()?.flush().catch(() => undefined);
}

const INTERNAL = { status: 'error', message: 'Internal server error' };
const deserializer = new NatsRequestJSONDeserializer();

/** What a handler means to say is an `RpcException`; the text of any other error may quote what was asked about. */
function tellable(error: unknown): unknown {
  if (error instanceof RpcException) return error.getError();
  return error instanceof Error ? INTERNAL : error;
}

/** Whoever asks badly is told so at once, in the form of Nest's own errors, and does not wait until it gives up. */
function refuse(message: Msg, err: object): void {
  message.respond(JSON.stringify({ err, isDisposed: true }));
}

async function requestIn(message: Msg): Promise<{ readonly data: unknown; readonly id?: string } | null> {
  try {
    const { data, id } = await deserializer.deserialize(message, { channel: message.subject, replyTo: message.reply }) as { data: unknown; id?: string };
    return { data, ...(id !== undefined && { id }) };
  } catch {
    return null;
  }
}

async function reply(message: Msg, handler: MessageHandler, sending: ReplySending): Promise<void> {
  const request = await requestIn(message);
  if (!request) return refuse(message, { status: 'error', message: 'The request is not JSON' });
  const answer = sending.transformToObservable(await handler(request.data, new NatsContext([message.subject, message.headers])));
  await new Promise<void>(done => {
    sending.send(answer, packet => {
      const { err, isDisposed } = packet;
      message.respond(JSON.stringify({ ...packet, ...(err !== undefined && { err: tellable(err) }), id: request.id ?? message.reply }));
      if (isDisposed) done();
    });
  });
}
