import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { median, percentile } from '../statistics.js';
import { Line, postBytes, type Shot } from './wire.js';

export interface VisibilityOrder extends Shot {
  readonly perSecond: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** SQLite file of the log that commits. */
  readonly logFile: string;
  /** SQLite file of the read models in which the row is to appear. */
  readonly viewsFile: string;
}

export interface VisibilityReport {
  readonly cases: number;
  /** Commands not answered with 201. */
  readonly refused: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Median time between two looks, which is how much a figure can be too high. */
  readonly lookMs: number;
}

const LOOK_MS = 1;
const PATIENCE_MS = 20_000;
const COMMITTED = `SELECT idx, stream, type FROM events WHERE idx >= ? ORDER BY idx`;
const VISIBLE = 'SELECT 1 FROM v_callback WHERE key = ?';

/**
 * Sends at fixed instants whatever the answers do, and looks into both files about once a millisecond with one clock.
 * A case counts from the last look that did not see its commit to the first look that sees its row, so a figure can
 * be too high by up to two looks and is never too low.
 */
export async function watchVisibility(order: VisibilityOrder): Promise<VisibilityReport> {
  const watch = new Watch(order);
  const sender = new Sender(order);
  const began = performance.now();
  const warm = began + order.warmUpSeconds * 1_000;
  const total = Math.round(order.perSecond * (order.warmUpSeconds + order.seconds));
  while (sender.sent < total) {
    const due = Math.min(total, Math.floor((performance.now() - began) / 1_000 * order.perSecond));
    while (sender.sent < due) sender.send();
    watch.look();
    await pause(LOOK_MS);
  }
  await sender.answered();
  const deadline = performance.now() + PATIENCE_MS;
  while (watch.seen < total - sender.refused && performance.now() < deadline) {
    watch.look();
    await pause(LOOK_MS);
  }
  watch.close();
  sender.close();
  if (watch.seen < total - sender.refused) throw new Error(`${total - sender.refused - watch.seen} of ${total} cases did not become visible in ${PATIENCE_MS / 1_000} s`);
  const lags = watch.lagsSince(warm);
  return {
    cases: lags.length, refused: sender.refused, p50Ms: percentile(lags, 0.5), p99Ms: percentile(lags, 0.99), maxMs: Math.max(...lags),
    lookMs: median(watch.gaps),
  };
}

class Watch {
  readonly gaps: number[] = [];
  private readonly log: Database.Database;
  private readonly views: Database.Database;
  private readonly committed: Database.Statement<[number], { idx: number; stream: string; type: string }>;
  private readonly visible: Database.Statement<[string]>;
  private readonly waiting = new Map<string, number>();
  private readonly lags: { readonly committedAt: number; readonly ms: number }[] = [];
  private next: number;
  private lastLook = performance.now();

  constructor({ logFile, viewsFile }: VisibilityOrder) {
    this.log = new Database(logFile, { readonly: true });
    this.views = new Database(viewsFile, { readonly: true });
    this.committed = this.log.prepare(COMMITTED);
    this.visible = this.views.prepare(VISIBLE);
    this.next = this.log.prepare<[], number>('SELECT next FROM head').pluck().get() ?? 0;
  }

  get seen(): number {
    return this.lags.length;
  }

  look(): void {
    const now = performance.now();
    for (const { idx, stream, type } of this.committed.all(this.next)) {
      this.next = idx + 1;
      if (type === 'ComplaintRegistered') this.waiting.set(stream.replace('complaint-', ''), this.lastLook);
    }
    for (const [id, committedAt] of this.waiting) {
      if (this.visible.get(id) === undefined) continue;
      this.waiting.delete(id);
      this.lags.push({ committedAt, ms: performance.now() - committedAt });
    }
    this.gaps.push(now - this.lastLook);
    this.lastLook = now;
  }

  lagsSince(instant: number): readonly number[] {
    return this.lags.filter(({ committedAt }) => committedAt >= instant).map(({ ms }) => ms);
  }

  close(): void {
    this.log.close();
    this.views.close();
  }
}

/** As many connections as are needed, because in an open loop a slow answer must not hold the next command back. */
class Sender {
  sent = 0;
  refused = 0;
  private readonly idle: Line[] = [];
  private readonly all: Line[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly shot: Shot) {}

  send(): void {
    this.sent += 1;
    const line = this.idle.pop() ?? this.open();
    const done: Promise<void> = line.send(postBytes(this.shot, randomUUID())).then((status) => {
      if (status !== 201) this.refused += 1;
      this.idle.push(line);
      this.underWay.delete(done);
    });
    this.underWay.add(done);
  }

  async answered(): Promise<void> {
    await Promise.all(this.underWay);
  }

  close(): void {
    for (const line of this.all) line.close();
  }

  private open(): Line {
    const line = new Line(this.shot.url);
    this.all.push(line);
    return line;
  }
}
