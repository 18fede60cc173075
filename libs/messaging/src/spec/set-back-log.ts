import { createHash } from 'node:crypto';
import { openMemoryStore, type EventStore, type QuarantineEntry } from 'aftercare/event-store';

const AT = '2026-03-02T01:30:00.000Z';

/** A log whose bytes are the same every time, so that an older copy of it can be made; `other` records another history. */
export async function logOf(count: number, other = '', log = 'intake'): Promise<EventStore> {
  const store = openMemoryStore({ log, now: () => AT });
  await goOn(store, count, other);
  return store;
}

export async function goOn(store: EventStore, count: number, other = ''): Promise<void> {
  for (let done = 0; done < count; done++) {
    const index = await store.head();
    await append(store, `complaint-${other}${index}`, { text: other }, { commandId: `c${other}${index}` });
  }
}

/** What the desk records when a person signs for an entry. */
export async function signFor(store: EventStore, { source, index, bytes }: QuarantineEntry): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const expectedVersion = (await store.readStream(`quarantine-${source}`, 0, 100)).length - 1;
  await append(store, `quarantine-${source}`, { source, index, sha256 }, { commandId: `d${source}${sha256}${index}`, expectedVersion, releases: { source, index } });
}

async function append(store: EventStore, stream: string, data: object, over: { readonly commandId: string; readonly expectedVersion?: number; readonly releases?: { source: string; index: number } }): Promise<void> {
  const { outcome } = await store.append({
    stream, expectedVersion: -1, fingerprint: 'fp', ...over,
    events: [{
      id: `00000000-0000-7000-8000-${createHash('sha256').update(over.commandId).digest('hex').slice(0, 12)}`, type: 'ComplaintRegistered', schema: 1, occurredAt: AT,
      actor: { id: 'staff-7', role: 'receptionist' }, onBehalfOf: null, reason: null, causationId: null, policy: null, signature: null, personal: null, data, correlationId: stream,
    }],
  });
  if (outcome !== 'appended') throw new Error(outcome);
}
