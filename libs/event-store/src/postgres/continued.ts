import type { Recorded } from 'aftercare/kernel';
import { decode } from '../decode.js';
import type { NewEvent } from './decide-group.js';
import { fromName, toName } from './encode.js';
import type { HeadRow } from './statements.js';
import { Refused } from './trouble.js';

type VersionsOf = (streams: readonly Buffer[]) => Promise<readonly { readonly stream: Buffer; readonly version: number }[]>;

/**
 * Stored bytes of another engine as rows of this one; the columns come out of the bytes, so that the two cannot say
 * different things. @throws Refused for the first event that does not continue the log.
 */
export async function continued(records: readonly Uint8Array[], log: string, head: HeadRow, versionsOf: VersionsOf): Promise<{ events: NewEvent[]; recordedAt: string }> {
  const decoded = records.map(understood);
  const found = await versionsOf([...new Set(decoded.map(({ event }) => event.stream))].map(toName));
  const versions = new Map(found.map(({ stream, version }) => [fromName(stream), version]));
  let [next, recordedAt] = [head.next, head.recordedAt];
  const events = decoded.map(({ bytes, event }): NewEvent => {
    const version = (versions.get(event.stream) ?? -1) + 1;
    if (event.log !== log) throw new Refused(`An event of the log "${event.log}" does not belong to "${log}"`);
    if (event.index !== next || event.version !== version) {
      throw new Refused(`The event with index ${event.index} and version ${event.version} does not continue the log at ${next} and ${version}`);
    }
    if (event.recordedAt < recordedAt) throw new Refused(`The event with index ${event.index} was recorded before the one in front of it`);
    next += 1;
    recordedAt = event.recordedAt;
    versions.set(event.stream, version);
    return { stream: event.stream, version, correlation: event.correlationId, recordedAt, bytes };
  });
  return { events, recordedAt };
}

function understood(bytes: Uint8Array): { bytes: Uint8Array; event: Recorded } {
  try {
    return { bytes, event: decode(bytes) };
  } catch (error) {
    throw new Refused('Bytes that are no record do not continue the log', { cause: error });
  }
}
