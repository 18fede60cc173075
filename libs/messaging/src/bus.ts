import { Logger } from '@nestjs/common';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { backoff, pause } from './pause.js';

export interface BusOptions {
  readonly servers: string | readonly string[];
  /** Shown by the server for this connection. */
  readonly name: string;
  /** Identity, TLS and inbox prefix of the service, when the servers ask for them. */
  readonly security?: Pick<NodeConnectionOptions, 'authenticator' | 'tls' | 'inboxPrefix'>;
}

export interface BusStatus {
  readonly connected: boolean;
  /** UTC instant of the last change. */
  readonly since: string;
  readonly reconnects: number;
}

type Use = (connection: NatsConnection) => void;

/**
 * A connection that keeps trying for ever. A department works without the bus, so its absence is a state to
 * report, never an error to throw: not at start, not later.
 */
export class Bus {
  private readonly logger = new Logger('Bus');
  private readonly stopped = new AbortController();
  private readonly uses = new Set<Use>();
  private readonly waiting = new Set<() => void>();
  private readonly loop: Promise<void>;
  private current: NatsConnection | null = null;
  private connected = false;
  private since = new Date().toISOString();
  private reconnects = 0;

  constructor(private readonly options: BusOptions) {
    this.loop = this.keepConnected();
  }

  /** The connection once it is up; null when the bus was closed or `stopped` fired before that. */
  async online(stopped?: AbortSignal): Promise<NatsConnection | null> {
    while (!this.connected && !this.stopped.signal.aborted && !stopped?.aborted) {
      await new Promise<void>(done => {
        const wake = () => { this.waiting.delete(wake); stopped?.removeEventListener('abort', wake); done(); };
        this.waiting.add(wake);
        stopped?.addEventListener('abort', wake);
      });
    }
    return this.connected && !stopped?.aborted ? this.current : null;
  }

  /** Calls `use` for the present connection and for every one that replaces it. Returns the way to stop. */
  whenConnected(use: Use): () => void {
    this.uses.add(use);
    if (this.current && !this.current.isClosed()) use(this.current);
    return () => { this.uses.delete(use); };
  }

  status(): BusStatus {
    return { connected: this.connected, since: this.since, reconnects: this.reconnects };
  }

  async close(): Promise<void> {
    this.stopped.abort();
    this.mark(false);
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
        this.mark(false);
      }
      await pause(backoff(failures, 1_000), this.stopped.signal);
    }
  }

  /** The client's own waiting for a first connection cannot be ended, so the first attempts are made here. */
  private async attempt(): Promise<NatsConnection | null> {
    try {
      const { servers, name, security } = this.options;
      const connection = await connect({
        ...security, name,
        servers: typeof servers === 'string' ? servers : [...servers],
        reconnect: true, maxReconnectAttempts: -1, reconnectTimeWait: 250, reconnectJitter: 100,
        ignoreAuthErrorAbort: true, timeout: 2_000, pingInterval: 10_000, maxPingOut: 2, noAsyncTraces: true,
      });
      if (!this.stopped.signal.aborted) return connection;
      await connection.close();
    } catch (error) {
      this.logger.debug(`NATS is not reachable: ${(error as Error).name}`);
    }
    return null;
  }

  private adopt(connection: NatsConnection): void {
    this.current = connection;
    this.logger.log('connected to NATS');
    void this.watch(connection);
    for (const use of this.uses) use(connection);
    this.mark(true);
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        this.logger.warn('lost NATS; working on without it');
        this.mark(false);
      } else if (status.type === 'reconnect') {
        this.reconnects++;
        this.logger.log('NATS is back');
        this.mark(true);
      }
    }
  }

  private mark(connected: boolean): void {
    if (connected !== this.connected) this.since = new Date().toISOString();
    this.connected = connected;
    if (connected || this.stopped.signal.aborted) for (const wake of [...this.waiting]) wake();
  }
}

/** Answers at once; the connection follows when NATS does. */
export function connectBus(options: BusOptions): Bus {
  return new Bus(options);
}
