import { openMemoryStore, type EventStore, type EventToAppend } from 'aftercare/event-store';
import { uuidv7 } from 'uuidv7';

export function intakeLog(): EventStore {
  return openMemoryStore({ log: 'intake' });
}

/** Complaints of a few cases in turn, one event per append. */
export async function registerComplaints(store: EventStore, count: number, over: Partial<EventToAppend> = {}): Promise<void> {
  for (let done = 0; done < count; done++) {
    const correlationId = over.correlationId ?? `case-${done % 7}`;
    const stream = `complaint-${uuidv7()}`;
    const event: EventToAppend = {
      id: uuidv7(), type: 'ComplaintRegistered', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z',
      actor: { id: 'staff-7', role: 'receptionist' }, onBehalfOf: null, reason: null, causationId: null, policy: null,
      signature: null, data: { lot: 'L-20260301' }, personal: null, ...over, correlationId,
    };
    await store.append({ stream, expectedVersion: -1, events: [event], commandId: uuidv7(), fingerprint: 'fp' });
  }
}
