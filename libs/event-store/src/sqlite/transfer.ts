import type Database from 'better-sqlite3';
import type { CommandRecord } from '../port.js';
import { begun, departureText, fenced, finished, left, standingOf, stayed, takesTransfer, type Departure, type Standing } from '../standing.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import { Fill } from './fill.js';
import { inboxStates } from './inbox.js';
import type { Head } from './log-tables.js';
import type { Statements } from './statements.js';

/** Both call back what the store keeps in memory. */
export interface Filling {
  changed(standing: Standing): void;
  taken(): void;
}

export class SqliteTransfer implements StoreTransfer {
  private readonly fill: Fill;

  constructor(private readonly log: string, private readonly db: Database.Database, private readonly sql: Statements, private readonly filling: Filling) {
    this.fill = new Fill(log, sql);
  }

  async commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]> {
    return this.sql.commandsAfter.all(afterId ?? '', limit);
  }

  async inbox(): Promise<readonly InboxState[]> {
    return inboxStates(this.sql);
  }

  async standing(): Promise<Standing> {
    return standingIn(this.sql);
  }

  async begin(): Promise<void> {
    this.change((standing) => begun(standing, this.log, () => this.sql.traces.get() === 0));
  }

  async take(part: TransferPart): Promise<void> {
    this.whole(() => {
      if (!takesTransfer(standingIn(this.sql))) throw new Error(`The log "${this.log}" is not being filled`);
      this.fill.take(part);
    });
    this.filling.taken();
  }

  async finish(): Promise<void> {
    this.change((standing) => finished(standing, this.log));
  }

  async fence(departure: Departure): Promise<Departure> {
    return this.change((standing) => fenced(standing, this.log, departure));
  }

  async leave(departure: Departure, events: number): Promise<void> {
    this.change((standing) => left(standing, this.log, departure, { at: (this.sql.head.get() as Head).next, copied: events }));
  }

  async stay(): Promise<void> {
    this.change((standing) => stayed(standing, this.log));
  }

  private change<To extends Standing>(next: (standing: Standing) => To): To {
    const standing = this.whole(() => {
      const to = next(standingIn(this.sql));
      this.sql.setStanding.run(to.state === 'open' ? 0 : 1, departureText(to));
      return to;
    });
    this.filling.changed(standing);
    return standing;
  }

  private whole<T>(work: () => T): T {
    this.sql.begin.run();
    try {
      const result = work();
      this.sql.commit.run();
      return result;
    } catch (error) {
      if (this.db.inTransaction) this.sql.rollback.run();
      throw error;
    }
  }
}

export function standingIn(sql: Statements): Standing {
  const head = sql.standing.get();
  return standingOf(head?.closed === 1, head?.departure ?? null);
}
