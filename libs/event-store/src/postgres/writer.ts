import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { StoreUnavailable, type CommandRecord } from '../port.js';
import { OPEN, standingOf, whyClosed, type Standing } from '../standing.js';
import { appendAtOnce, expectGroup, type Left } from './at-once.js';
import { commandOf, toName } from './encode.js';
import type { Batch, Job } from './decide-group.js';
import { connect, discard, enter, type Session } from './session.js';
import { requireSoundLog, requireSoundServer } from './soundness.js';
import { requireSoundTail } from './sound-tail.js';
import { ask, commandsOf, lockHead, touchHead, type HeadRow } from './statements.js';
import { changesNothing, Defect, requireUnharmed, writeGroup, type Rules, type Seen } from './transaction.js';
import { busy, isPassing, neverCommitted, NotSound, reasonOf, Refused, unavailable } from './trouble.js';

export interface WriterOptions extends Omit<Rules, keyof Seen> {
  /** Opens also a log that is being filled; nothing is recorded in it then but by the transfer. */
  readonly forTransfer: boolean;
  /** How long callers wait to hear whether a COMMIT without an answer took place, in milliseconds. */
  readonly doubtMs?: number;
  /** For tests: given every connection before it is used. */
  readonly tap?: (client: Client) => void;
  readonly session: Session;
  readonly committed: (head: number) => void;
}

/** A group whose COMMIT was sent and not answered. */
interface InDoubt {
  readonly batch: Batch;
  readonly known: (recorded: boolean) => void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
const DOUBT_MS = 5_000;

/**
 * The one connection through which an instance records. After anything but a passing refusal it stops taking work, says
 * why, and starts anew with a connection that has to prove everything that opening has to prove. That is enough, unlike
 * for a file of our own: a server whose sync failed does not go on, it crashes and comes back from its WAL, so what a new
 * session reads and can commit on top of is what is durable.
 */
export class Writer implements Seen {
  /** As this instance last saw or changed it. */
  standing: Standing = OPEN;
  levels = '';
  highest = 0;
  private client: Client | null = null;
  private refusal: string | null = 'The log is not open yet';
  private doubt: InDoubt | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private warned = false;
  /** Null when another instance may be writing too. */
  private left: Left | null = null;
  private ended = false;

  constructor(private readonly options: WriterOptions) {}

  /** @throws what stands in the way. */
  async open(): Promise<number> {
    await this.begin();
    return this.highest;
  }

  /** Why nothing is taken, or null. */
  get stopped(): string | null {
    return this.refusal ?? whyClosed(this.standing, this.options.log);
  }

  /** Records what the jobs come to, and answers each. @throws StoreUnavailable when nothing of it is known to be recorded. */
  commit(jobs: readonly Job[]): Promise<Batch['results']> {
    return this.inTurn(async (client) => {
      const closed = whyClosed(this.standing, this.options.log);
      if (closed !== null) throw new StoreUnavailable(closed);
      const batch = await this.asExpected(client, jobs) ?? await this.step(client, jobs);
      this.highest = Math.max(this.highest, batch.next);
      this.options.committed(this.highest);
      return batch.results;
    });
  }

  /** A transaction of its own under the head's lock. May be repeated when its outcome stayed unknown. */
  exclusively<T>(work: (client: Client, head: HeadRow) => Promise<T>): Promise<T> {
    return this.inTurn((client) => this.guarded(client, async () => {
      this.left = null;
      await client.query('BEGIN');
      const head = requireUnharmed((await ask(client, lockHead))[0], this);
      const result = await work(client, head);
      await this.sendCommit(client);
      return result;
    }));
  }

  close(): void {
    this.ended = true;
    this.refusal = 'The store is closed';
    if (this.client) discard(this.client);
    this.client = null;
    this.doubt?.known(false);
  }

  /** Looks, decides and writes. When nobody else wrote since this instance did, the next group is not looked up first. */
  private async step(client: Client, jobs: readonly Job[]): Promise<Batch> {
    const { highest } = this;
    const batch = await this.guarded(client, () => writeGroup(client, jobs, this.rules));
    if (changesNothing(batch)) await this.guarded(client, () => client.query('ROLLBACK'));
    else await this.finish(client, batch, () => this.sendCommit(client));
    this.left = batch.from.next === highest ? batch : null;
    return batch;
  }

  /** Null when the log was not as expected, and nothing was written. */
  private async asExpected(client: Client, jobs: readonly Job[]): Promise<Batch | null> {
    const { left } = this;
    this.left = null;
    const batch = left && await this.guarded(client, async () => expectGroup(jobs, left, this.rules));
    if (!batch || batch.commands.length === 0) return null;
    await this.options.at('beginning');
    if (!await this.finish(client, batch, () => this.sendAtOnce(client, batch))) return null;
    this.left = batch;
    return batch;
  }

  private get rules(): Rules {
    return { ...this.options, levels: this.levels, highest: this.highest };
  }

  private inTurn<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const mine = this.turn.then(() => {
      if (this.client === null) throw new StoreUnavailable(this.refusal ?? 'PostgreSQL does not answer');
      return work(this.client);
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async guarded<T>(client: Client, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Defect || error instanceof Refused || isPassing(error)) {
        await client.query('ROLLBACK').catch((second: unknown) => { this.lost(client, second); });
        if (error instanceof Refused) throw error;
        throw error instanceof Defect ? new StoreUnavailable(error.message, { cause: error.cause }) : busy(error);
      }
      this.lost(client, error);
      throw unavailable(error);
    }
  }

  /** From the moment a commit is sent until it is answered, only the server knows. @returns whether it is one, false when the server declined. */
  private async finish(client: Client, batch: Batch, send: () => Promise<boolean>): Promise<boolean> {
    const outcome = new Promise<boolean>((known) => { this.doubt = { batch, known }; });
    try {
      const committed = await send();
      this.doubt = null;
      if (!committed) return false;
    } catch (error) {
      if (neverCommitted(error)) {
        this.doubt = null;
        throw busy(error);
      }
      this.lost(client, error);
      const recorded = await Promise.race([outcome, pause(this.options.doubtMs ?? DOUBT_MS, null, { ref: false })]);
      this.doubt = null;
      if (recorded !== true) throw new StoreUnavailable(recorded === false ? 'PostgreSQL did not commit' : 'PostgreSQL did not answer the commit; repeat it with the same command id', { cause: error });
    }
    await this.options.at('committed');
    return true;
  }

  private async sendAtOnce(client: Client, batch: Batch): Promise<boolean> {
    this.warned = false;
    const appended = await appendAtOnce(client, batch, this.levels);
    if (this.warned) throw new NotSound('PostgreSQL committed without waiting for its standby');
    return appended;
  }

  /** COMMIT of a failed transaction answers ROLLBACK, and one that stopped waiting for a standby answers with a warning. */
  private async sendCommit(client: Client): Promise<true> {
    this.warned = false;
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new NotSound('PostgreSQL rolled the transaction back');
    if (this.warned) throw new NotSound('PostgreSQL committed without waiting for its standby');
    return true;
  }

  /** Does nothing for a connection that was given up already. */
  private lost(client: Client, error: unknown): void {
    if (this.client !== client) return;
    this.client = null;
    this.left = null;
    discard(client);
    if (this.ended) return;
    this.refusal = reasonOf(error);
    void this.recover();
  }

  private async recover(): Promise<void> {
    for (let wait = FIRST_PAUSE_MS; !this.ended; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.begin();
        return;
      } catch (error) {
        if (!this.ended) this.refusal = reasonOf(error);
      }
      await pause(wait, undefined, { ref: false });
    }
  }

  private async begin(): Promise<void> {
    const { session, log, forTransfer } = this.options;
    const client = await connect(session.url, `${log} writer`, true);
    client.on('error', (error) => { this.lost(client, error); });
    client.on('end', () => { this.lost(client, new Error('connection ended')); });
    client.on('notice', ({ severity }) => { this.warned ||= severity === 'WARNING'; });
    try {
      this.options.tap?.(client);
      await enter(client, session);
      await requireSoundServer(client);
      await requireSoundTail(client, log, await requireSoundLog(client, session.schema, log, forTransfer));
      await this.proveCommit(client);
      if (this.ended) throw new StoreUnavailable('The store is closed');
      this.client = client;
      this.refusal = null;
    } catch (error) {
      discard(client);
      throw error;
    }
  }

  /**
   * Makes something durable, and finds out about a group in doubt. The lock is what makes the answer final: whoever holds
   * it knows that the transaction which held it before has ended.
   */
  private async proveCommit(client: Client): Promise<void> {
    await client.query('BEGIN');
    const [found] = await ask(client, lockHead);
    const head = requireUnharmed(found, { levels: found?.levels ?? '', highest: this.highest });
    const receipts = this.doubt ? await ask(client, commandsOf, this.doubt.batch.commands.map(({ commandId }) => toName(commandId))) : [];
    await ask(client, touchHead);
    await this.sendCommit(client);
    this.levels = head.levels;
    this.standing = standingOf(head.filling, head.departure);
    this.highest = head.next;
    this.doubt?.known(isRecorded(this.doubt.batch, receipts.map(commandOf)));
    this.options.committed(head.next);
  }
}

/** One transaction: all of it is there or nothing. A group without receipts cannot be told from one that never was. */
function isRecorded({ commands: [mine] }: Batch, receipts: readonly CommandRecord[]): boolean {
  const found = receipts.find(({ commandId }) => commandId === mine?.commandId);
  return mine !== undefined && found !== undefined && found.firstIndex === mine.firstIndex && found.nextIndex === mine.nextIndex && found.recordedAt === mine.recordedAt;
}
