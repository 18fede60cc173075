import {
  AckPolicy, DeliverPolicy, DiscardPolicy, JetStreamApiCodes, JetStreamApiError, RetentionPolicy, StorageType,
  type JetStreamManager, type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { eventSubjectsOf, streamNameOf } from './names.js';
import { pause } from './pause.js';

/** Longer than this without an ack or a heartbeat and the server hands a message out again. */
export const ACK_WAIT_MS = 30_000;
const MOST_UNACKNOWLEDGED = 2_000;
/** A copy of a log lacks nothing: no limit of age, number or size may eat its beginning, and nobody may delete from it. */
const LOSING_NOTHING = { deny_delete: true, deny_purge: true, max_age: 0, max_msgs: -1, max_bytes: -1 } as const;

/**
 * A server says that a stream is gone while it still deletes its files. One made in that moment loses its files to that
 * deletion: it is empty and counts on, or refuses every message for ever, or the server falls over (nats-server 2.9.10).
 */
const UNTIL_FILES_ARE_GONE_MS = 150;

/**
 * Makes sure that the department's stream exists as we need it and answers with its state. Duplicate detection of the
 * server is not relied upon: its window ends, the fence of the relay does not.
 * @param replicas how many servers of a cluster keep it; absent: as it is, and one for a new stream.
 */
export async function provisionStream(manager: JetStreamManager, department: string, replicas?: number): Promise<StreamInfo> {
  const name = streamNameOf(department);
  const info = await infoOf(manager, name);
  if (!info) {
    await pause(UNTIL_FILES_ARE_GONE_MS);
    return manager.streams.add({
      name, subjects: [eventSubjectsOf(department)], storage: StorageType.File, retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old, ...LOSING_NOTHING,
      num_replicas: replicas ?? 1,
    });
  }
  const wanted = replicas ?? info.config.num_replicas;
  const settings = { ...LOSING_NOTHING, num_replicas: wanted };
  if (hasAll(info.config, settings)) return info;
  return manager.streams.update(name, settings);
}

/**
 * Makes sure that `department` has its durable consumer on the stream of `source`. It delivers from the first message:
 * the inbox drops what is known, and no stored position can then be wrong.
 * @throws JetStreamApiError while the source has no stream yet.
 */
export async function provisionConsumer(
  manager: JetStreamManager, source: string, department: string, ackWaitMs = ACK_WAIT_MS,
): Promise<void> {
  const stream = streamNameOf(source);
  const present = await manager.consumers.info(stream, department).catch(error => {
    if (isMissing(error)) return null;
    throw error;
  });
  const wanted = {
    ack_policy: AckPolicy.All, ack_wait: nanos(ackWaitMs), max_ack_pending: MOST_UNACKNOWLEDGED, deliver_policy: DeliverPolicy.All, max_deliver: -1,
  };
  // Making it anew although nothing differs would cost a cluster an agreement of all its servers at every look.
  if (present && hasAll(present.config, wanted)) return;
  // A server cannot change the ack policy of a consumer. Another one is made, and the inbox drops what it knows.
  if (present && present.config.ack_policy !== AckPolicy.All) await manager.consumers.delete(stream, department);
  await manager.consumers.add(stream, { durable_name: department, ...wanted });
}

async function infoOf(manager: JetStreamManager, name: string): Promise<StreamInfo | null> {
  return manager.streams.info(name).catch(error => {
    if (isMissing(error)) return null;
    throw error;
  });
}

function hasAll(present: object, wanted: object): boolean {
  return Object.entries(wanted).every(([setting, value]) => (present as Record<string, unknown>)[setting] === value);
}

/** The stream or the consumer does not exist; every other failure says nothing about it. */
export function isMissing(error: unknown): boolean {
  return error instanceof JetStreamApiError
    && (error.code === JetStreamApiCodes.StreamNotFound || error.code === JetStreamApiCodes.ConsumerNotFound);
}
