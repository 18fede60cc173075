import type { JetStreamClient } from '@nats-io/jetstream';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import type { StoredEvent } from 'aftercare/event-store';
import { eventSubject, sequenceOf } from './names.js';

/**
 * Publishes consecutive events without waiting for each other. Every one says which sequence must stand before
 * it, so after a lost or refused one the server refuses all that follow: no hole can come into being.
 * @throws the first failure, after all answers are in.
 */
export async function publishFenced(client: JetStreamClient, events: readonly StoredEvent[]): Promise<void> {
  const answers = await Promise.allSettled(events.map(stored => client.publish(
    eventSubject(stored.event.log, stored.event.type), stored.bytes,
    { headers: cloudEventHeaders(stored), expect: { lastSequence: sequenceOf(stored.index) - 1 } },
  )));
  const failed = answers.find(answer => answer.status === 'rejected');
  if (failed) throw failed.reason;
}

/** CloudEvents 1.0, binary mode of the NATS binding. Nothing personal: these are readable by the operator of the bus. */
function cloudEventHeaders({ event }: StoredEvent): MsgHdrs {
  const fields = headers();
  fields.set('ce-specversion', '1.0');
  fields.set('ce-id', event.id);
  fields.set('ce-type', event.type);
  fields.set('ce-source', `/aftercare/${event.log}`);
  fields.set('ce-subject', event.stream);
  return fields;
}
