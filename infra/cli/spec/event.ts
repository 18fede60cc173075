import type { CaseEvent } from '../replay/recorded-event.js';

/** A recorded event with everything a test does not care about filled in. */
export function event(given: Partial<CaseEvent> = {}): CaseEvent {
  const { log = 'intake', index = 0 } = given;
  return {
    format: 1, id: `${log}-${index}`, log, index, stream: 'complaint-c1', version: index, type: 'FirstContactMade', schema: 1,
    occurredAt: '2026-03-01T01:00:00.000Z', recordedAt: '2026-03-01T01:00:00.000Z', actor: { id: 'u-17', role: 'intake.clerk' },
    onBehalfOf: null, reason: null, correlationId: 'c1', causationId: null, policy: null, signature: null, personal: null, data: {},
    ...given,
  };
}
