import { createInbox, headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import type { StoredEvent } from 'aftercare/event-store';
import { cloudEventHeaders } from './cloud-event.js';
import { recordedSchema } from './recorded-schema.js';
import { eventSubject, sequenceOf } from './names.js';

const EXPECTED_LAST = 'Nats-Expected-Last-Sequence';

/** One call of `publish`, until its last answer is in. */
interface Round {
  unanswered: number;
  failure: Error | null;
  readonly done: () => void;
}

/**
 * Publishes to a stream and counts the server's answers. The client's own publish makes a request with a timer and two
 * promises of each message, which was most of what relaying cost.
 */
export class Publisher {
  private readonly answers: string;
  private readonly stop: () => void;
  private rounds = 0;
  private round: Round | null = null;

  /** @param inboxPrefix below which the server lets this connection listen; the client's default when absent */
  constructor(private readonly connection: NatsConnection, private readonly answerMs: number, inboxPrefix?: string) {
    this.answers = createInbox(inboxPrefix);
    const subscription = connection.subscribe(`${this.answers}.*`, { callback: (error, message) => this.answered(error, message) });
    this.stop = () => subscription.unsubscribe();
    void connection.closed().then(() => this.giveUp(new Error('connection closed')));
  }

  /**
   * Publishes consecutive events without waiting for each other. Every one says which sequence must stand before it, so
   * after a lost or refused one the server refuses all that follow: no hole can come into being. One call at a time.
   * @throws the first failure, after all answers are in; Error when they do not come in time.
   */
  async publishFenced(events: readonly StoredEvent[]): Promise<void> {
    const reply = `${this.answers}.${++this.rounds}`;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => this.giveUp(new Error('no answer in time')), this.answerMs);
      const round: Round = this.round = {
        unanswered: events.length, failure: null,
        done: () => {
          clearTimeout(late);
          this.round = null;
          if (round.failure) reject(round.failure);
          else resolve();
        },
      };
      try {
        const described = new RoundHeaders();
        for (const stored of events) {
          const { event, bytes } = stored;
          this.connection.publish(eventSubject(event.log, event.type), bytes, { reply, headers: described.of(stored) });
        }
      } catch (error) {
        this.giveUp(error as Error);
      }
    });
  }

  close(): void {
    this.stop();
  }

  private answered(error: Error | null, message: Msg): void {
    const { round } = this;
    // An answer to an earlier round came after its time; that round has failed already.
    if (!round || (!error && message.subject !== `${this.answers}.${this.rounds}`)) return;
    const refusal = error ?? refusalIn(message);
    if (refusal) round.failure ??= refusal;
    if (--round.unanswered === 0) round.done();
  }

  private giveUp(error: Error): void {
    if (!this.round) return;
    this.round.failure ??= error;
    this.round.done();
  }
}

function refusalIn(message: Msg): Error | null {
  if (message.data.length === 0) return new Error('no stream takes events');
  const answer = message.json<{ readonly stream?: string; readonly error?: { readonly description?: string } }>();
  if (answer.error) return new Error(answer.error.description ?? 'refused');
  return answer.stream ? null : new Error('invalid ack');
}

/**
 * The headers of one round. The fields of all events are the same ones, so that one set of headers serves, and only what
 * differs from the event before is written: setting a field searches all of them, which was most of what they cost.
 */
class RoundHeaders {
  private readonly fields = headers();
  private said: Readonly<Record<string, string>> = {};

  of({ event, index, bytes }: StoredEvent): MsgHdrs {
    const now = { ...cloudEventHeaders({ ...event, schema: recordedSchema(bytes) }), [EXPECTED_LAST]: String(sequenceOf(index) - 1) };
    for (const [name, value] of Object.entries(now)) if (this.said[name] !== value) this.fields.set(name, value);
    this.said = now;
    return this.fields;
  }
}
