import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, StoreUnavailable, type AppendRequest, type EventStore } from 'aftercare/event-store';
import { FaultProxy, History, historyViolations, logViolations, type Ending, type Seeded, type Violation } from 'aftercare/testing';
import { locatePostgres } from '../../postgres/locate.js';
import { startPrivateCluster, type PrivateCluster } from '../../postgres/private-cluster.js';
import { readWholeLog } from '../store/read-whole-log.js';
import { Appends } from '../store/writer-appends.js';
import { planted } from '../store/writer-plants.js';
import type { Chaos } from '../suite.js';

const CLIENTS = 6;
const LOG = 'intake';

/** Null when a private cluster can be had here; otherwise why not and what to do. */
export function whyNoPostgres(announce: (line: string) => void): string | null {
  try {
    locatePostgres({ announce });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

export interface LaneOptions {
  /** Puts a line between store and server that can be made bad. */
  readonly withLine?: boolean;
}

/** One server, one store on it, and clients that never rest. */
export class PostgresLane {
  readonly history = new History();
  private readonly stopped = new AbortController();
  private clients: Promise<void>[] = [];

  private constructor(
    private readonly cluster: PrivateCluster, private readonly url: string, private readonly dataDir: string, private store: EventStore,
    private readonly random: Seeded, private readonly plant: string | null, readonly line: FaultProxy | null,
  ) {}

  static async open(name: string, chaos: Pick<Chaos, 'folder' | 'random' | 'planted'>, { withLine = false }: LaneOptions = {}): Promise<PostgresLane> {
    const cluster = await startPrivateCluster();
    const url = await cluster.createDatabase();
    const dataDir = join(chaos.folder, name);
    const line = withLine ? await FaultProxy.to(cluster.port) : null;
    const store = await openStore(line === null ? url : url.replace(`:${cluster.port}/`, `:${line.port}/`), { log: LOG, dataDir });
    const lane = new PostgresLane(cluster, url, dataDir, planted(chaos.planted, store), chaos.random.fork(name), chaos.planted, line);
    lane.clients = Array.from({ length: CLIENTS }, (_, client) => lane.append(client));
    return lane;
  }

  async kill(): Promise<void> {
    await pause(this.random.int(100, 700));
    await this.cluster.stop('SIGKILL');
    await pause(this.random.int(30, 130));
    // Only now: an answer that was under way when the server died is no sign of its return.
    const before = this.history.count('ok');
    await this.cluster.start();
    // A kill counts only when the store came back by itself.
    while (this.plant === null && this.history.count('ok') === before) await pause(10);
  }

  /** A new store, as after the restart of a department, is read whole. */
  async finish(): Promise<Violation[]> {
    this.stopped.abort();
    await Promise.all(this.clients);
    await this.store.close();
    this.store = await openStore(this.url, { log: LOG, dataDir: this.dataDir });
    const log = await readWholeLog(this.store);
    return [...historyViolations(this.history.operations, log), ...logViolations(log)];
  }

  async remove(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.clients);
    await this.store.close().catch(() => undefined);
    await this.line?.close();
    await this.cluster.remove();
  }

  private async append(client: number): Promise<void> {
    const random = this.random.fork(`client${client}`);
    const appends = new Appends({ setting: '', log: LOG, dataDir: '', run: `c${client}`, writers: 1, appends: 0, again: [], planted: null });
    for (let count = 0; !this.stopped.signal.aborted; count += 1) {
      const request = appends.next(client, count);
      this.history.beginAs(request.commandId, request.events.length);
      const ending = await this.ask(request, random);
      this.history.end(request.commandId, ending);
      if (ending === 'ok' && appends.repeatsAtOnce(count)) await this.ask(request, random);
      await pause(random.int(1, 12));
    }
  }

  private async ask(request: AppendRequest, random: Seeded): Promise<Ending> {
    for (;;) {
      try {
        const { outcome } = await this.store.append(request);
        return outcome === 'appended' || outcome === 'repeated' ? 'ok' : 'fail';
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
      }
      if (random.chance(0.05) || this.stopped.signal.aborted) return 'unknown';
      await pause(random.int(10, 80));
    }
  }
}
