import type Database from 'better-sqlite3';
import type { CommandRecord } from '../port.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import { Fill } from './fill.js';
import { inboxStates } from './inbox.js';
import type { Statements } from './statements.js';

/** Both call back what the store keeps in memory. */
export interface Filling {
  begun(): void;
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

  async begin(): Promise<void> {
    this.whole(() => {
      if (this.isFilling()) return;
      if (this.sql.traces.get() !== 0) throw new Error(`The log "${this.log}" was worked on: only an empty one can be filled`);
      this.sql.setFilling.run(1);
    });
    this.filling.begun();
  }

  async take(part: TransferPart): Promise<void> {
    this.whole(() => {
      if (!this.isFilling()) throw new Error(`The log "${this.log}" is not being filled`);
      this.fill.take(part);
    });
    this.filling.taken();
  }

  async finish(): Promise<void> {
    this.whole(() => { this.sql.setFilling.run(0); });
  }

  private isFilling(): boolean {
    return this.sql.isFilling.get() === 1;
  }

  private whole(work: () => void): void {
    this.sql.begin.run();
    try {
      work();
      this.sql.commit.run();
    } catch (error) {
      if (this.db.inTransaction) this.sql.rollback.run();
      throw error;
    }
  }
}
