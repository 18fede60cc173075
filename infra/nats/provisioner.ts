import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectOnce, provisionConsumer, provisionStream } from 'aftercare/messaging';
import { DEPARTMENTS } from '../launcher/departments.js';
import type { Department } from './neighbours.js';
import { consumersToBe, PROVISIONER } from './permissions.js';

export interface ProvisionerOptions {
  /** One address or several with commas between them; with credentials where there is no seed. */
  readonly servers: string;
  readonly seedFile?: string;
  /** How many servers of a cluster keep a stream; absent: as it is, and one for a new stream. */
  readonly replicas?: number;
  /** Time between two looks in ms, 500 unless told. */
  readonly lookMs?: number;
  /** Told when streams and consumers cannot be made, once until it works again. */
  readonly failing?: (why: string) => void;
}

const LOOK_MS = 500;
const ANSWER_MS = 2_000;
/** A consumer that somebody replaced by another one leaves the number of them as it was. */
const THOROUGH_AFTER_MS = 10_000;

/**
 * Makes the streams and durable consumers of the company, and makes them again when they are gone. It alone may: a
 * service that makes consumers could read everything. A look costs one question per stream.
 */
export class Provisioner {
  private readonly stopped = new AbortController();
  /** What a stream looked like when it and its consumers were all there. */
  private readonly whole = new Map<Department, string>();
  private connection: NatsConnection | null = null;
  private loop: Promise<void> | null = null;
  private thoroughAt = 0;
  private isFailing = false;

  constructor(private readonly options: ProvisionerOptions) {}

  /** One look at everything. @throws Error when something could not be made */
  async provision(): Promise<void> {
    const manager = await this.manager();
    const outcomes = await Promise.allSettled(DEPARTMENTS.map((department) => this.look(manager, department)));
    const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Error).message] : []));
    if (failed.length > 0) throw new Error([...new Set(failed)].join('; '));
  }

  /** Goes on looking until closed. */
  start(): void {
    this.loop ??= this.run();
  }

  async close(): Promise<void> {
    this.stopped.abort();
    await this.loop;
    await this.connection?.close();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        await this.provision();
        this.isFailing = false;
      } catch (error) {
        if (!this.isFailing && !signal.aborted) this.options.failing?.((error as Error).message);
        this.isFailing = true;
      }
      await pause(this.options.lookMs ?? LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async manager(): Promise<JetStreamManager> {
    if (!this.connection || this.connection.isClosed()) {
      const { servers, seedFile } = this.options;
      this.connection = await connectOnce({ servers, name: PROVISIONER, ...(seedFile !== undefined && { nkeyFile: seedFile }) });
      this.whole.clear();
    }
    if (Date.now() - this.thoroughAt > THOROUGH_AFTER_MS) {
      this.whole.clear();
      this.thoroughAt = Date.now();
    }
    return jetstreamManager(this.connection, { checkAPI: false, timeout: ANSWER_MS });
  }

  private async look(manager: JetStreamManager, source: Department): Promise<void> {
    const info = await provisionStream(manager, source, this.options.replicas);
    if (this.whole.get(source) === looksOf(info)) return;
    this.whole.delete(source);
    const listeners = consumersToBe().filter((consumer) => consumer.source === source);
    for (const { listener } of listeners) await provisionConsumer(manager, source, listener);
    this.whole.set(source, looksOf(await provisionStream(manager, source, this.options.replicas)));
  }
}

/** Changes when the stream is another one or when one of its consumers is gone. */
function looksOf({ created, state }: StreamInfo): string {
  return `${created} ${state.consumer_count}`;
}
