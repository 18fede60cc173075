import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { openStore, StoreUnavailable, type AppendRequest, type EventStore } from 'aftercare/event-store';
import { History, historyViolations, logViolations, type Ending, type Seeded, type Violation } from 'aftercare/testing';
import { locatePostgres } from '../../postgres/locate.js';
import { startPrivateCluster, type PrivateCluster } from '../../postgres/private-cluster.js';
import { readWholeLog } from '../store/read-whole-log.js';
import { Appends } from '../store/writer-appends.js';
import { planted, WRITER_PLANTS } from '../store/writer-plants.js';
import { scaled, sideBySide, within, type Chaos, type Findings, type Suite } from '../suite.js';

const TARGET = 100;
const WHAT = 'PostgreSQL kills';
const CLUSTERS = 2;
const CLIENTS = 6;
const LOG = 'intake';
const STEP_MS = 60_000;
const { 'error-swallowed': swallowed, 'repeat-not-known': repeated, 'torn-append': torn } = WRITER_PLANTS;

/** The database server dies under a department that goes on asking. */
export const postgresKills: Suite = {
  name: 'postgres-kills',
  about: 'kill -9 of a PostgreSQL server with synchronous commit under clients that append through one store and repeat what got no answer',
  plants: { 'error-swallowed': swallowed, 'repeat-not-known': repeated, 'torn-append': torn },
  async run(chaos: Chaos): Promise<Findings> {
    Logger.overrideLogger(false);
    const skipped = whyNot(chaos.say);
    if (skipped !== null) return { figures: [{ what: WHAT, target: TARGET, reached: 0 }], acknowledged: 0, refused: 0, unknown: 0, violations: [], skipped };
    const kills = chaos.planted === null ? scaled(TARGET, chaos) : 3;
    const clusters = kills < 2 * CLUSTERS ? 1 : CLUSTERS;
    const counts: Record<Ending, number> = { ok: 0, fail: 0, unknown: 0 };
    const violations: Violation[] = [];
    let reached = 0;
    await sideBySide(Array.from({ length: clusters }), clusters, async (_, place) => {
      const lane = await PostgresLane.open(place, chaos);
      try {
        for (let kill = Math.floor(kills / clusters) + (place < kills % clusters ? 1 : 0); kill > 0; kill -= 1) {
          await within(STEP_MS, 'a kill of PostgreSQL', lane.kill());
          reached += 1;
          if (reached % 10 === 0) chaos.say(`${reached} of ${kills} kills`);
        }
        violations.push(...await within(STEP_MS, 'the check after the kills', lane.finish()));
        for (const ending of ['ok', 'fail', 'unknown'] as const) counts[ending] += lane.history.count(ending);
      } finally {
        await lane.remove();
      }
    });
    return { figures: [{ what: WHAT, target: TARGET, reached }], acknowledged: counts.ok, refused: counts.fail, unknown: counts.unknown, violations };
  },
};

function whyNot(announce: (line: string) => void): string | null {
  try {
    locatePostgres({ announce });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** One server, one store on it, and clients that never rest. */
class PostgresLane {
  readonly history = new History();
  private readonly stopped = new AbortController();
  private clients: Promise<void>[] = [];

  private constructor(
    private readonly cluster: PrivateCluster, private readonly url: string, private readonly dataDir: string, private store: EventStore,
    private readonly random: Seeded, private readonly plant: string | null,
  ) {}

  static async open(place: number, chaos: Chaos): Promise<PostgresLane> {
    const cluster = await startPrivateCluster();
    const url = await cluster.createDatabase();
    const dataDir = join(chaos.folder, `lane${place}`);
    const store = planted(chaos.planted, await openStore(url, { log: LOG, dataDir }));
    const lane = new PostgresLane(cluster, url, dataDir, store, chaos.random.fork(`lane${place}`), chaos.planted);
    lane.clients = Array.from({ length: CLIENTS }, (_, client) => lane.append(client));
    return lane;
  }

  async kill(): Promise<void> {
    await pause(this.random.int(100, 700));
    const before = this.history.count('ok');
    await this.cluster.stop('SIGKILL');
    await pause(this.random.int(0, 100));
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
