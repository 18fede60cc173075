import { Logger } from '@nestjs/common';
import { NatsContext, NatsRequestJSONDeserializer, type MessageHandler, type WritePacket } from '@nestjs/microservices';
import type { Msg } from '@nats-io/transport-node';
import type { Observable, Subscription } from 'rxjs';
import type { Bus } from './bus.js';
import { isInbox } from './names.js';

/** The two services of Nest's transport base class that a request needs. */
export interface ReplySending {
  transformToObservable(result: unknown): Observable<unknown>;
  send(stream: Observable<unknown>, respond: (packet: WritePacket) => Promise<unknown> | void): Subscription;
}

/**
 * Ordinary request/reply on core NATS in Nest's own wire form, so that a Nest `ClientNats` can ask. The department's
 * name is the queue group: of several instances one answers. Returns the way to stop.
 */
export function answerRequests(
  bus: Bus, department: string, handlers: ReadonlyMap<string, MessageHandler>, sending: ReplySending,
): () => void {
  const logger = new Logger('Requests');
  return bus.whenConnected(connection => {
    const subscriptions = [...handlers].map(([pattern, handler]) => connection.subscribe(pattern, {
      queue: department,
      callback: (error, message) => {
        if (error) return logger.warn(`requests on ${pattern} stopped: ${error.message}`);
        if (!isInbox(message.reply)) return logger.warn(`a request on ${pattern} names no inbox for the answer`);
        void reply(message, handler, sending).catch(failure => logger.warn(`a request on ${pattern} failed: ${(failure as Error).name}`));
      },
    }));
    return () => { for (const subscription of subscriptions) subscription.unsubscribe(); };
  });
}

const deserializer = new NatsRequestJSONDeserializer();

async function reply(message: Msg, handler: MessageHandler, sending: ReplySending): Promise<void> {
  const request: { readonly data: unknown; readonly id?: string } =
    await deserializer.deserialize(message, { channel: message.subject, replyTo: message.reply });
  const answer = sending.transformToObservable(await handler(request.data, new NatsContext([message.subject, message.headers])));
  sending.send(answer, packet => {
    message.respond(JSON.stringify({ ...packet, id: request.id ?? message.reply }));
  });
}
