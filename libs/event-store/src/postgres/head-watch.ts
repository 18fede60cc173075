import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Subscribers } from '../subscribers.js';
import { connect, discard, enter, type Session } from './session.js';
import { ask, lookAtHead } from './statements.js';

const LOOK_EVERY_MS = 500;
/** An announcement is a small transaction of its own, which a busy log must not pay for with every commit. */
const ANNOUNCE_EVERY_MS = 20;

/**
 * Wakes whoever follows the log, for what this instance recorded at once and for the others' commits. Those announce
 * themselves after the commit, not within it, because PostgreSQL lets only one notifying transaction of a whole server
 * commit at a time. An announcement may be lost with its instance; looking at the head makes up for it.
 */
export class HeadWatch {
  private readonly subscribers = new Subscribers();
  private readonly stopping = new AbortController();
  private client: pg.Client | null = null;
  private woken: number;
  private toAnnounce = 0;
  private announcing = false;
  private others = 0;

  constructor(private readonly session: Session, private readonly log: string, head: number) {
    this.woken = head;
    void this.watch();
  }

  subscribe(wake: (head: number) => void): () => void {
    return this.subscribers.add(wake);
  }

  /** To be called after a commit of this instance. */
  recorded(head: number): void {
    if (!this.grown(head)) return;
    this.toAnnounce = head;
    void this.announce();
  }

  close(): void {
    this.stopping.abort();
    if (this.client) discard(this.client);
  }

  private grown(head: number): boolean {
    if (!(head > this.woken)) return false;
    this.woken = head;
    this.subscribers.wakeAll(head);
    return true;
  }

  private async announce(): Promise<void> {
    if (this.announcing || this.others === 0) return;
    this.announcing = true;
    for (let said = 0; this.client !== null && said < this.toAnnounce;) {
      said = this.toAnnounce;
      await this.client.query('SELECT pg_notify($1, $2)', [this.session.schema, String(said)]).catch(() => undefined);
      await pause(ANNOUNCE_EVERY_MS, undefined, { ref: false });
    }
    this.announcing = false;
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look().catch(() => { this.give(); });
      await pause(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
    this.give();
  }

  private async look(): Promise<void> {
    this.client ??= await this.listen();
    const [found] = await ask(this.client, lookAtHead);
    if (!found) return;
    this.others = found.others;
    this.grown(found.next);
  }

  private async listen(): Promise<pg.Client> {
    const client = await connect(this.session.url, `${this.log} watch`);
    try {
      await enter(client, this.session);
      // Records nothing, and an announcement need not wait for the disk.
      await client.query(`SET synchronous_commit = off; LISTEN ${pg.escapeIdentifier(this.session.schema)}`);
      client.on('notification', ({ payload }) => { this.grown(Number(payload)); });
      return client;
    } catch (error) {
      discard(client);
      throw error;
    }
  }

  private give(): void {
    if (this.client) discard(this.client);
    this.client = null;
  }
}
