import { join } from 'node:path';
import { openStore } from 'aftercare/event-store';
import { History, historyViolations, logViolations, type Seeded, type Violation } from 'aftercare/testing';
import { readWholeLog } from './read-whole-log.js';
import { runWriter, type WriterEnd, type WriterRun } from './writer-child.js';
import type { WriterOrder } from './writer-order.js';

const LOG = 'intake';
const MOST_REPEATS = 8;

/** One log that is written, torn away, opened again and read, round after round. */
export class StoreLane {
  readonly history = new History();
  private rounds = 0;

  /** @param setting engine; @param folder of this lane alone */
  constructor(
    private readonly name: string, private readonly setting: string, private readonly folder: string,
    private readonly random: Seeded, private readonly planted: string | null,
  ) {}

  get dataDir(): string {
    return join(this.folder, this.name);
  }

  /** One writer until it is killed or done. */
  write(run: WriterRun, more: Partial<WriterOrder> = {}): Promise<WriterEnd> {
    this.rounds += 1;
    const open = this.history.operations.filter(({ ending }) => ending === 'unknown');
    return runWriter({
      setting: this.setting, log: LOG, dataDir: this.dataDir, run: `${this.name}r${this.rounds}`, writers: this.random.int(1, 6),
      appends: 100_000, again: this.random.shuffled(open).slice(0, MOST_REPEATS).map(({ id, events }) => `${id}:${events}`),
      planted: this.planted, ...more,
    }, this.history, run);
  }

  /** Opens the log again, as the next start of a service would, and holds it against what the clients were told. */
  async violations(): Promise<Violation[]> {
    const store = await openStore(this.setting, { log: LOG, dataDir: this.dataDir });
    try {
      const log = await readWholeLog(store);
      const head = await store.head();
      return [
        ...historyViolations(this.history.operations, log), ...logViolations(log),
        ...(head === log.length ? [] : [{ rule: 'index-not-dense' as const, what: `head ${head}, ${log.length} events` }]),
      ];
    } finally {
      await store.close();
    }
  }
}
