import { Logger } from '@nestjs/common';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { nkeyIn, withCredentialsApart } from './credentials.js';
import { inboxPrefixOf } from './names.js';
import { backoff, pause } from './pause.js';

export interface BusOptions {
  /** One or several, separated by commas. May carry a token (`nats://token@host`) or a user and password; all then the same ones. */
  readonly servers: string | readonly string[];
  /** Shown by the server for this connection, and part of the prefix of its inboxes. */
  readonly name: string;
  /** File with the NKEY seed of this identity, when the servers know it by its key. */
  readonly nkeyFile?: string;
  readonly tls?: NodeConnectionOptions['tls'];
}

export interface BusStatus {
  readonly connected: boolean;
  /** UTC instant of the last change. */
  readonly since: string;
  readonly reconnects: number;
}

/** Does something with a connection, such as subscribing, and answers with the way to undo it. */
type Use = (connection: NatsConnection) => () => void;

/**
 * A connection that keeps trying for ever. A department works without the bus, so its absence is a state to
 * report, never an error to throw: not at start, not later.
 *
 * Reconnecting is done here and not by the client: its own reconnecting keeps requests waiting for an answer that the
 * old server took with it, and a connection lost during the handshake goes on trying where nobody can close it.
 */
export class Bus {
  private readonly logger = new Logger('Bus');
  private readonly stopped = new AbortController();
  private readonly uses = new Map<Use, () => void>();
  private readonly waiting = new Set<() => void>();
  private readonly loop: Promise<void>;
  private current: NatsConnection | null = null;
  private since = new Date().toISOString();
  private connections = 0;

  constructor(private readonly options: BusOptions) {
    // Addresses that can never work are refused here and not in a loop that nobody reads.
    withCredentialsApart(options.servers);
    this.loop = this.keepConnected();
  }

  /** The connection once it is up; null when the bus was closed or `stopped` fired before that. */
  async online(stopped?: AbortSignal): Promise<NatsConnection | null> {
    while (!this.current && !this.stopped.signal.aborted && !stopped?.aborted) {
      await new Promise<void>(done => {
        const wake = () => { this.waiting.delete(wake); stopped?.removeEventListener('abort', wake); done(); };
        this.waiting.add(wake);
        stopped?.addEventListener('abort', wake);
      });
    }
    return stopped?.aborted ? null : this.current;
  }

  /** Calls `use` for the present connection and for every one that replaces it. Returns the way to stop. */
  whenConnected(use: Use): () => void {
    this.uses.set(use, this.current && !this.current.isClosed() ? use(this.current) : () => undefined);
    return () => {
      this.uses.get(use)?.();
      this.uses.delete(use);
    };
  }

  status(): BusStatus {
    return { connected: this.current !== null, since: this.since, reconnects: Math.max(0, this.connections - 1) };
  }

  async close(): Promise<void> {
    this.stopped.abort();
    this.wakeAll();
    await this.current?.close();
    await this.loop;
  }

  private async keepConnected(): Promise<void> {
    for (let failures = 0; !this.stopped.signal.aborted; failures++) {
      const connection = await this.attempt();
      if (connection) {
        failures = 0;
        this.adopt(connection);
        await connection.closed();
        this.lose();
      }
      await pause(backoff(failures, 1_000), this.stopped.signal);
    }
  }

  private async attempt(): Promise<NatsConnection | null> {
    try {
      const connection = await connectOnce(this.options);
      if (!this.stopped.signal.aborted) return connection;
      await connection.close();
    } catch (error) {
      this.logger.debug(`NATS is not reachable: ${(error as Error).name}`);
    }
    return null;
  }

  private adopt(connection: NatsConnection): void {
    this.current = connection;
    this.connections++;
    this.since = new Date().toISOString();
    this.logger.log(this.connections === 1 ? 'connected to NATS' : 'NATS is back');
    for (const use of this.uses.keys()) this.uses.set(use, use(connection));
    this.wakeAll();
  }

  private lose(): void {
    this.current = null;
    this.since = new Date().toISOString();
    if (!this.stopped.signal.aborted) this.logger.warn('lost NATS; working on without it');
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }
}

/**
 * One attempt, at each of the servers in turn. The connection ends with its server.
 * @throws Error when none lets us in, or there is no seed in the file.
 */
export async function connectOnce({ servers, name, nkeyFile, tls }: BusOptions): Promise<NatsConnection> {
  return connect({
    // Read at every attempt: a seed that was replaced is then in use without a restart.
    ...(nkeyFile !== undefined && { authenticator: nkeyIn(nkeyFile) }), ...(tls !== undefined && { tls }),
    ...withCredentialsApart(servers), name, inboxPrefix: inboxPrefixOf(name),
    reconnect: false, timeout: 2_000, pingInterval: 10_000, maxPingOut: 2, noAsyncTraces: true,
  });
}

/** Answers at once; the connection follows when NATS does. @throws Error when the servers' addresses carry different credentials */
export function connectBus(options: BusOptions): Bus {
  return new Bus(options);
}
