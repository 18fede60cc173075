import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { startNatsServer, type NatsServer } from '../../nats/server.js';
import type { Bench } from '../measure.js';
import { bareSqlite, barePostgres } from './bare.js';
import { castore } from './castore.js';
import { BenchCluster, letAnswersWait } from './cluster.js';
import type { Contestant, Entrant, Place } from './contestant.js';
import { emmettPostgres } from './emmett-postgres.js';
import { emmettSqlite } from './emmett-sqlite.js';
import { InstalledPeers } from './installed.js';
import { jetStreamFloor } from './jetstream-floor.js';
import { messageDb } from './message-db.js';
import { oursOnPostgres, oursOnSqlite } from './ours.js';

/** In the order of the tables. */
const ENTRANTS: readonly Entrant[] = [oursOnSqlite, emmettSqlite, bareSqlite, oursOnPostgres, emmettPostgres, castore, messageDb, barePostgres, jetStreamFloor];

/** One contestant ready to be measured. */
export interface Ready {
  readonly entrant: Entrant;
  readonly contestant: Contestant & { readonly version: string };
}

/** What a table says about a contestant beside its figures. */
export interface Introduction {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly durability: string;
  readonly chosen: string;
}

/** All contestants on one disk, one PostgreSQL and one nats-server, every one with its durability read back. */
export class Field {
  readonly introductions: Introduction[] = [];
  private readonly opened = new Map<string, Ready>();

  private constructor(private readonly folder: string, private readonly peers: InstalledPeers, private readonly cluster: BenchCluster, private readonly nats: NatsServer) {}

  /** @throws NoPeers, NotDurable */
  static async open({ say }: Bench, takesPart: (entrant: Entrant) => boolean): Promise<Field> {
    // The bus reports every connection; among the lines of progress that is noise.
    Logger.overrideLogger(['error']);
    const peers = await InstalledPeers.install(say);
    const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
    const nats = await startNatsServer({ storeDir: join(folder, 'nats') });
    const cluster = await BenchCluster.start().catch(async (error: unknown) => {
      await nats.stop();
      rmSync(folder, { recursive: true });
      throw error;
    });
    const field = new Field(folder, peers, cluster, nats);
    try {
      for (const entrant of ENTRANTS.filter(takesPart)) await field.welcome(entrant);
      return field;
    } catch (error) {
      await field.close();
      throw error;
    }
  }

  /** In an order that begins elsewhere in every round, so that nobody always finds the disk as the same neighbour left it. */
  inTurn(round: number): readonly Ready[] {
    const all = [...this.opened.values()];
    const from = round % all.length;
    return [...all.slice(from), ...all.slice(0, from)];
  }

  /** Writes without waiting for the disk where a contestant can, then opens it again as it is measured. */
  async fill(write: (ready: Ready) => Promise<void>): Promise<void> {
    for (const { entrant } of [...this.opened.values()]) {
      // Ours refuses to open where an answer would not wait for the disk.
      const relaxed = entrant.engine === 'postgres' && entrant.standing !== 'ours';
      if (relaxed) await letAnswersWait(this.cluster, databaseOf(entrant), false);
      const hurried = await this.reopen(entrant);
      await hurried.contestant.hurry?.();
      await write(hurried);
      await hurried.contestant.settled?.();
      if (relaxed) await letAnswersWait(this.cluster, databaseOf(entrant), true);
      const ready = await this.reopen(entrant);
      await ready.contestant.durability();
    }
    // What filling left in memory must not be written back while somebody else is measured.
    await this.cluster.run('postgres', (client) => client.query('CHECKPOINT'));
  }

  async close(): Promise<void> {
    for (const { contestant } of this.opened.values()) await contestant.close();
    await this.nats.stop();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async welcome(entrant: Entrant): Promise<void> {
    if (entrant.engine === 'postgres') await this.cluster.createDatabase(databaseOf(entrant));
    const { contestant } = await this.reopen(entrant);
    const { id, title, chosen } = entrant;
    this.introductions.push({ id, title, chosen, version: contestant.version, durability: await contestant.durability() });
  }

  private async reopen(entrant: Entrant): Promise<Ready> {
    await this.opened.get(entrant.id)?.contestant.close();
    const ready = { entrant, contestant: await entrant.open(this.placeOf(entrant)) };
    this.opened.set(entrant.id, ready);
    return ready;
  }

  private placeOf(entrant: Entrant): Place {
    const folder = join(this.folder, entrant.id);
    mkdirSync(folder, { recursive: true });
    return { folder, database: databaseOf(entrant), peers: this.peers, cluster: this.cluster, natsUrl: this.nats.url };
  }
}

function databaseOf({ id }: Entrant): string {
  return id.replaceAll('-', '_');
}
