import type { EventToAppend } from 'aftercare/event-store';
import { uuidv7 } from 'uuidv7';
import type { SplitEvent, Work } from './contestant.js';

const STAGES = ['classified', 'contacted', 'opinion-given', 'planned', 'implemented', 'communicated', 'closed'];
/** Events of one case in the replay: its registration and every stage. */
export const CASE_LENGTH = STAGES.length + 1;

/** An append of `size` events to a stream of its own; the first opens a case and the others move it on. */
export function workOf(size: number, stream = newStream(), from = 0): Work {
  const correlationId = stream.slice(stream.indexOf('-') + 1);
  const events = Array.from({ length: size }, (_, i) => caseEvent(correlationId, from + i));
  return { stream, commandId: uuidv7(), events, split: events.map(split), bytes: events.map((event) => Buffer.from(JSON.stringify({ ...event, stream }))) };
}

export function worksOf(count: number, size: number): readonly Work[] {
  return Array.from({ length: count }, () => workOf(size));
}

function newStream(): string {
  return `complaint-${uuidv7()}`;
}

/** About 900 bytes in its stored form, as the events of a real case are: sealed words, a policy's trace, an actor. */
function caseEvent(correlationId: string, step: number): EventToAppend {
  const stage = STAGES[(step - 1) % STAGES.length];
  const content = step === 0 || stage === undefined
    ? { type: 'BenchCaseRegistered', data: { product: '一次性使用输液器', lot: `L-${step % 997}`, severity: 'general', quantity: 3 } }
    : { type: 'BenchCaseStep', data: { stage, opinion: '按规定处理，已与客户沟通，等待下一部门答复。' } };
  const policy = { id: 'P002A', version: '1', rule: 'answer-in-time', inputs: { stage: stage ?? 'registered', severity: 'general' }, outcome: 'within 24 h' };
  return {
    ...content, id: uuidv7(), schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'staff-7', role: 'receptionist' },
    onBehalfOf: null, reason: null, correlationId, causationId: null, policy, signature: null,
    personal: { customer: { s: correlationId, k: 1, c: 'A'.repeat(88) } },
  };
}

function split({ id, type, data, ...metadata }: EventToAppend): SplitEvent {
  return { id, type, data, metadata };
}
