import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import { nuid, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { Bus } from './bus.js';
import { isLogAnswerOf, logAnswersSubject, logRangeSubject } from './names.js';
import { pause } from './pause.js';
import type { LogOwner, LogRange } from './ports.js';

const MOST_EVENTS = 500;
/** Of stored bytes; as base64 in JSON it stays below the 1 MB that every NATS server takes. */
const MOST_BYTES = 600_000;

const ASK_AGAIN_MS = 250;

/** Lets other departments fetch what the bus did not bring them. Returns the way to stop. */
export function answerLogRange(bus: Bus, store: EventStore): () => void {
  const logger = new Logger('LogRange');
  return bus.whenConnected(connection => {
    const subscription = connection.subscribe(logRangeSubject(store.log), {
      queue: store.log,
      callback: (error, message) => {
        if (error) return logger.warn(`requests for the log stopped: ${error.message}`);
        if (!isLogAnswerOf(store.log, message.reply)) return logger.warn('a request for the log names a place for the answer that is none');
        void answer(store, message).catch(failure => logger.warn(`a request for the log stays unanswered: ${(failure as Error).message}`));
      },
    });
    return () => subscription.unsubscribe();
  });
}

/** The owner over the bus. Needs the right to ask on `<source>.log.range` and to listen to `<source>.log.answers.<department>.>`. */
export function natsLogOwner(bus: Bus, source: string, department: string, timeoutMs = 2_000): LogOwner {
  return {
    ask: async range => {
      const connection = bus.status().connected ? await bus.online() : null;
      return connection && askLogRange(connection, { source, department }, range, timeoutMs).catch(() => null);
    },
  };
}

interface Parties {
  readonly source: string;
  readonly department: string;
}

/** @throws Error when the owner does not answer in `timeoutMs` or answers something else. */
async function askLogRange(
  connection: NatsConnection, { source, department }: Parties, range: { readonly from: number; readonly limit: number }, timeoutMs: number,
): Promise<LogRange> {
  const places = logAnswersSubject(source, department);
  const ask = (timeout: number): Promise<Msg> =>
    connection.request(logRangeSubject(source), JSON.stringify(range), { timeout, noMux: true, reply: `${places}.${nuid.next()}` });
  const message = await askAgain(ask, timeoutMs);
  const answered = message.json<{ head?: unknown; events?: unknown }>();
  if (!Number.isSafeInteger(answered.head) || !Array.isArray(answered.events)) throw new Error(`${source} does not give its log`);
  return { head: answered.head as number, events: answered.events.map(text => Buffer.from(String(text), 'base64')) };
}

/**
 * Asks again while no answer comes, and takes the first. The server goes on for minutes to choose a connection of the
 * owner that died in silence, as readily as the one that replaced it.
 */
async function askAgain(ask: (timeoutMs: number) => Promise<Msg>, timeoutMs: number): Promise<Msg> {
  const asked: Promise<Msg>[] = [];
  for (let left = timeoutMs; left > 0; left -= ASK_AGAIN_MS) {
    const request = ask(left);
    request.catch(() => undefined);
    asked.push(request);
    const first = await Promise.race([...asked, pause(ASK_AGAIN_MS)]);
    if (first) return first;
  }
  throw new Error('no answer in time');
}

async function answer(store: EventStore, message: Msg): Promise<void> {
  const { from, limit } = message.json<{ from?: unknown; limit?: unknown }>();
  if (!isCount(from) || !isCount(limit)) return void message.respond(JSON.stringify({ refused: 'from and limit must be whole numbers' }));
  const stored = limit === 0 ? [] : await store.readLog(from, Math.min(limit, MOST_EVENTS));
  const events: string[] = [];
  let size = 0;
  for (const { bytes } of stored) {
    size += bytes.length;
    if (size > MOST_BYTES && events.length > 0) break;
    events.push(Buffer.from(bytes).toString('base64'));
  }
  message.respond(JSON.stringify({ head: await store.head(), events }));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
