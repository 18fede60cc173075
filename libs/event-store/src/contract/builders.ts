import { uuidv7 } from 'uuidv7';
import type { AppendRequest, EventToAppend, QuarantineEntry } from '../port.js';

export function anEvent(over: Partial<EventToAppend> = {}): EventToAppend {
  return {
    id: uuidv7(), type: 'ComplaintRegistered', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z',
    actor: { id: 'staff-7', role: 'receptionist' }, onBehalfOf: null, reason: null,
    correlationId: 'case-1', causationId: null, policy: null, signature: null,
    data: { product: '阿莫西林胶囊', lot: 'L-20260301', quantity: 3 }, personal: null, ...over,
  };
}

export function anAppend(over: Partial<AppendRequest> = {}): AppendRequest {
  return { stream: 'complaint-1', expectedVersion: -1, events: [anEvent()], commandId: uuidv7(), fingerprint: 'fp', ...over };
}

export function aQuarantineEntry(over: Partial<QuarantineEntry> = {}): QuarantineEntry {
  return {
    source: 'quality', index: 0, type: 'StopSaleOrdered', reason: 'unknown schema', at: '2026-03-02T01:30:00.000Z',
    bytes: Buffer.from([0, 255, 13, 10]), ...over,
  };
}
