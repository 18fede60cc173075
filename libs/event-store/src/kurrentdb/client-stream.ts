import {
  binaryEvent, KurrentDBClient, NO_STREAM, StreamNotFoundError, WrongExpectedVersionError, type ResolvedEvent,
} from '@kurrent/kurrentdb-client';
import type { Entry, FencedStream, StreamEntry } from './fenced-stream.js';

/** How long an answer may take, in ms; afterwards the outcome is unknown. */
const DEADLINE_MS = 10_000;
const RESUBSCRIBE_MS = 1_000;

/** A stream through the official client. `connection` is a KurrentDB connection string. */
export function connectStream(connection: string, stream: string): FencedStream {
  const client = KurrentDBClient.connectionString(connection);
  return new ClientStream(client, stream, () => client.dispose());
}

export class ClientStream implements FencedStream {
  constructor(private readonly client: KurrentDBClient, private readonly stream: string, private readonly closed: () => Promise<void>) {}

  async append(after: number, entries: readonly Entry[]): Promise<'appended' | 'moved'> {
    const events = entries.map(({ id, type, data }) => binaryEvent({ id, type, data }));
    try {
      // The leader decides about the fence; a follower could be behind.
      const answer = this.client.appendToStream(this.stream, events, {
        streamState: after < 0 ? NO_STREAM : BigInt(after), deadline: DEADLINE_MS, requiresLeader: true,
      });
      await withinDeadline(answer);
      return 'appended';
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return 'moved';
      throw error;
    }
  }

  async read(from: number, limit: number): Promise<readonly StreamEntry[]> {
    const entries: StreamEntry[] = [];
    try {
      for await (const resolved of this.client.readStream(this.stream, { fromRevision: BigInt(from), maxCount: limit, requiresLeader: true })) {
        const entry = entryOf(resolved);
        if (entry) entries.push(entry);
      }
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
    return entries;
  }

  follow(after: number, moved: () => void): () => void {
    let last = after;
    let stopped = false;
    let current: { unsubscribe(): Promise<void> } | null = null;
    const begin = (): void => {
      if (stopped) return;
      const subscription = this.client.subscribeToStream(this.stream, last < 0 ? {} : { fromRevision: BigInt(last) });
      current = subscription;
      subscription.on('data', (resolved: ResolvedEvent) => {
        last = entryOf(resolved)?.revision ?? last;
        moved();
      });
      let over = false;
      const again = (): void => {
        if (over) return;
        over = true;
        setTimeout(() => { moved(); begin(); }, RESUBSCRIBE_MS).unref();
      };
      subscription.on('error', again).on('end', again);
    };
    begin();
    return () => {
      stopped = true;
      void current?.unsubscribe().catch(() => undefined);
    };
  }

  close(): Promise<void> {
    return this.closed();
  }
}

/** The client leaves the deadline of a batch to the server, which may not be there to keep it. */
async function withinDeadline(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), DEADLINE_MS + 1_000);
  });
  await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function entryOf({ event }: ResolvedEvent): StreamEntry | null {
  if (!event) return null;
  return { id: event.id, type: event.type, data: event.data as Uint8Array, revision: Number(event.revision) };
}
