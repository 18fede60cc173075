import type { AppendRequest, EventToAppend } from 'aftercare/event-store';
import type { WriterOrder } from './writer-order.js';

const NOBODY_HAS_VERSION = 1_000;

/** The appends of one run. Each names the operation in its content, so that the log can be asked for it. */
export class Appends {
  constructor(private readonly order: WriterOrder) {}

  /** One to three events on a stream of their own; every seventh expects a version that the stream does not have and must be refused. */
  next(writer: number, count: number): AppendRequest {
    const id = `${this.order.run}w${writer}-${count}`;
    const request = requestOf(id, 1 + ((count + writer) % 3));
    return count % 7 === 2 ? { ...request, expectedVersion: NOBODY_HAS_VERSION } : request;
  }

  /** A client whose answer got lost sends the same again. */
  repeatsAtOnce(count: number): boolean {
    return count % 5 === 1;
  }

  repeats(): AppendRequest[] {
    return this.order.again.map((text) => {
      const [id = '', events = '1'] = text.split(':');
      return requestOf(id, Number(events));
    });
  }
}

function requestOf(id: string, events: number): AppendRequest {
  return {
    stream: `chaos-${id}`, expectedVersion: -1, commandId: id, fingerprint: 'chaos', inbox: { source: id.slice(0, id.lastIndexOf('-')), index: numberOf(id) },
    events: Array.from({ length: events }, (_, place) => eventOf(id, place)),
  };
}

const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1));

function eventOf(operation: string, place: number): EventToAppend {
  return {
    id: `${operation}.${place}`, type: 'Happened', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'chaos', role: 'system' },
    onBehalfOf: null, reason: null, correlationId: 'chaos', causationId: null, policy: null, signature: null, data: { operation }, personal: null,
  };
}
