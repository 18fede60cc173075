import type { EventStore } from 'aftercare/event-store';
import { indexAt, sequenceOf } from '../names.js';
import type { FeedTarget, LogOwner, OwnStreamAccess, SourceFeed } from '../ports.js';
import type { Time } from '../time.js';
import { Wake } from '../wake.js';

interface Stream {
  readonly created: string;
  readonly messages: Uint8Array[];
  readonly wakes: Set<Wake>;
}

/** What the server remembers of a durable consumer that acknowledges prefixes. */
interface Consumer {
  delivered: number;
  /** When each message that is out would be handed out again. */
  readonly out: Map<number, number>;
}

const ACK_WAIT_MS = 30_000;
const MOST_UNACKNOWLEDGED = 2_000;
const HEARTBEAT_MS = 1_000;

/** A bus in memory with the rules of JetStream that delivery relies upon, and none that it does not. */
export class SmallBus {
  private readonly streams = new Map<string, Stream>();
  private readonly consumers = new Map<string, Consumer>();

  constructor(private readonly time: Time) {}

  ownStream(log: string): OwnStreamAccess {
    return {
      isConnected: () => true,
      open: async () => ({
        state: async () => ({ created: this.stream(log).created, lastSequence: this.stream(log).messages.length }),
        message: async sequence => this.stream(log).messages[indexAt(sequence)] ?? null,
        publishFenced: async events => {
          for (const { index, bytes } of events) {
            if (this.stream(log).messages.length !== index) throw new Error('wrong last sequence');
            this.stream(log).messages.push(bytes);
            for (const wake of this.stream(log).wakes) wake.call();
          }
        },
        remove: async () => void this.streams.delete(log),
        leave: () => undefined,
      }),
    };
  }

  feed(source: string, department: string): SourceFeed {
    return {
      run: (target, stopped) => this.bring(this.stream(source), this.consumer(`${source} ${department}`), target, stopped),
      newest: async () => this.stream(source).messages.length,
    };
  }

  owner(store: EventStore): LogOwner {
    return {
      ask: async ({ from, limit }) => ({ head: await store.head(), events: (await store.readLog(from, limit)).map(({ bytes }) => bytes) }),
    };
  }

  copyOf(log: string): readonly Uint8Array[] {
    return this.stream(log).messages;
  }

  private async bring(stream: Stream, consumer: Consumer, target: FeedTarget, stopped: AbortSignal): Promise<void> {
    const wake = new Wake(this.time);
    stream.wakes.add(wake);
    stopped.addEventListener('abort', () => wake.call());
    target.begin();
    while (!stopped.aborted) {
      wake.reset();
      const seq = this.nextFor(consumer, stream);
      if (seq === null) {
        await wake.within(HEARTBEAT_MS);
        target.beat();
        continue;
      }
      consumer.delivered = Math.max(consumer.delivered, seq);
      consumer.out.set(seq, this.time.now() + ACK_WAIT_MS);
      await target.take({
        seq, data: stream.messages[indexAt(seq)] as Uint8Array,
        ack: () => { for (const out of consumer.out.keys()) if (out <= seq) consumer.out.delete(out); },
        nak: (ms = 0) => { if (consumer.out.has(seq)) consumer.out.set(seq, this.time.now() + ms); },
        working: () => { if (consumer.out.has(seq)) consumer.out.set(seq, this.time.now() + ACK_WAIT_MS); },
      });
    }
    stream.wakes.delete(wake);
  }

  private nextFor(consumer: Consumer, stream: Stream): number | null {
    for (const [seq, at] of consumer.out) if (at <= this.time.now()) return seq;
    if (consumer.out.size >= MOST_UNACKNOWLEDGED) return null;
    return consumer.delivered < stream.messages.length ? sequenceOf(consumer.delivered) : null;
  }

  private stream(log: string): Stream {
    const known = this.streams.get(log) ?? { created: `${this.time.now()} ${this.streams.size}`, messages: [], wakes: new Set<Wake>() };
    this.streams.set(log, known);
    return known;
  }

  private consumer(name: string): Consumer {
    const known = this.consumers.get(name) ?? { delivered: 0, out: new Map<number, number>() };
    this.consumers.set(name, known);
    return known;
  }
}
