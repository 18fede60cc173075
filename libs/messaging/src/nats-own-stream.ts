import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ANSWER_MS, closeUnlessAnswering } from './answering.js';
import type { Bus } from './bus.js';
import { streamNameOf } from './names.js';
import type { OwnStream, OwnStreamAccess } from './ports.js';
import { isMissing } from './provision.js';
import { Publisher } from './publication.js';

/** The department's stream in JetStream. Needs no more rights than to look at its own stream, to delete it and to publish to it. */
export function natsOwnStream(bus: Bus, department: string): OwnStreamAccess {
  return {
    isConnected: () => bus.status().connected,
    open: async stopped => {
      const connection = await bus.online(stopped);
      if (!connection) return null;
      return over(connection, await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS }), streamNameOf(department));
    },
  };
}

function over(connection: NatsConnection, manager: JetStreamManager, name: string): OwnStream {
  const publisher = new Publisher(connection, ANSWER_MS, manager.getOptions().watcherPrefix);
  const answered = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      void closeUnlessAnswering(connection);
      throw error;
    }
  };
  return {
    state: () => answered(manager.streams.info(name).then(
      ({ created, state }) => ({ created, lastSequence: state.last_seq, firstSequence: state.first_seq }),
      error => {
        if (isMissing(error)) return null;
        throw error;
      },
    )),
    message: sequence => answered(manager.streams.getMessage(name, { seq: sequence }).then(message => message?.data ?? null)),
    publishFenced: events => answered(publisher.publishFenced(events)),
    remove: () => answered(manager.streams.delete(name).then(() => undefined)),
    leave: () => publisher.close(),
  };
}
