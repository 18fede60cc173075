import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { HEALTHY, nameOf, type Fault, type FaultProxy, type History, type Seeded, type Violation } from 'aftercare/testing';
import { WRITER_PLANTS } from '../store/writer-plants.js';
import { PostgresLane, whyNoPostgres } from '../postgres/postgres-lane.js';
import { MOST_ATTEMPTS, scaled, sideBySide, within, type Chaos, type Findings, type Suite } from '../suite.js';
import { BusLink } from './bus-link.js';
import { BUS_PLANTS } from './bus-plants.js';

/** On the line between a store and PostgreSQL; a run with one of them has only such lines. */
const STORE_PLANTS = { 'ack-before-commit': WRITER_PLANTS['ack-before-commit'], 'error-swallowed': WRITER_PLANTS['error-swallowed'], 'repeat-not-known': WRITER_PLANTS['repeat-not-known'] };
const WHAT = 'network fault windows';
const TARGET = 300;
const LINKS = 8;
const SETTLE_MS = 60_000;
/** Around a mean of 1.5 s. */
const WINDOW = { least: 500, most: 2_500 };
const WINDOW_MS = 30_000;
const CLOSE_MS = 30_000;
/** Windows of a link after which the bus comes back empty and the listener is restarted. */
const LOSS_EVERY = 3;
const STOPPED = 'SIGSTOP of the server';

type Window = Fault | { readonly kind: 'stopped' };

const WINDOWS: readonly Window[] = [
  { kind: 'latency', ms: 20 }, { kind: 'latency', ms: 200 }, { kind: 'latency', ms: 2_000 }, { kind: 'reset' }, { kind: 'blackhole' }, { kind: 'refuse' },
  { kind: 'half-close' }, { kind: 'slices' }, { kind: 'throttle', bytesPerSecond: 8_000 }, { kind: 'stopped' },
];

/** The lines between departments and the bus become bad for a while, one side or both. */
export const network: Suite = {
  name: 'network',
  about: 'windows of latency, reset, black hole, refusal, half-close, one-byte slices, 8 kB/s and a stopped server on the lines between departments and NATS, and between a store and PostgreSQL',
  plants: { ...BUS_PLANTS, ...STORE_PLANTS },
  async run(chaos: Chaos): Promise<Findings> {
    Logger.overrideLogger(false);
    const wanted = chaos.planted === null ? scaled(TARGET, chaos) : 4;
    const links = Math.min(LINKS, Math.max(1, Math.ceil(wanted / 4)));
    const violations: Violation[] = [];
    const counts = { ok: 0, fail: 0, unknown: 0 };
    const kinds = new Map<string, number>();
    const isOfStore = chaos.planted !== null && chaos.planted in STORE_PLANTS;
    const noPostgres = chaos.planted === null || isOfStore ? whyNoPostgres(chaos.say) : 'only lines to the bus are asked for';
    if (isOfStore && noPostgres !== null) return { figures: [{ what: WHAT, target: TARGET, reached: 0 }], acknowledged: 0, refused: 0, unknown: 0, violations, skipped: noPostgres };
    const hasPostgres = noPostgres === null;
    let reached = 0;
    let unmet = 0;
    let losses = 0;
    await sideBySide(Array.from({ length: links }), links, async (_, place) => {
      const random = chaos.random.fork(`link${place}`);
      const link = await openLink(place, chaos, isOfStore || (hasPostgres && place % 4 === 3), random);
      const share = Math.floor(wanted / links) + (place < wanted % links ? 1 : 0);
      // Each link begins at another kind, so that a scaled-down run meets all of them as well.
      const kindsHere = WINDOWS.filter(({ kind }) => kind !== 'stopped' || link.pid !== null);
      const windows = Array.from({ length: share }, (__, n) => kindsHere[(n + place * 3) % kindsHere.length] as Window);
      try {
        const shuffled = random.shuffled(windows);
        for (let n = 0, met = 0; met < share && n < share * MOST_ATTEMPTS; n += 1) {
          const window = shuffled[n % share] as Window;
          await pause(random.int(100, 600));
          const isMet = await within(WINDOW_MS, `a window of ${labelOf(window)}`, endure(link, window, random));
          // A department that is restarted and a bus that comes back empty belong to every third window, with a planted bug and without.
          if (n % LOSS_EVERY === LOSS_EVERY - 1 && link.loseTheBus !== null) {
            await within(WINDOW_MS, 'the loss of the bus', link.loseTheBus());
            losses += 1;
          }
          if (!isMet) {
            unmet += 1;
            continue;
          }
          met += 1;
          reached += 1;
          kinds.set(labelOf(window), (kinds.get(labelOf(window)) ?? 0) + 1);
          if (reached % 25 === 0) chaos.say(`${reached} of ${wanted} windows`);
        }
        violations.push(...await link.finish());
        for (const ending of ['ok', 'fail', 'unknown'] as const) counts[ending] += link.history.count(ending);
      } finally {
        await within(CLOSE_MS, 'the end of a link', link.close());
      }
    });
    return {
      figures: [{ what: WHAT, target: TARGET, reached }], acknowledged: counts.ok, refused: counts.fail, unknown: counts.unknown, violations,
      notes: [hasPostgres ? 'every fourth link is one between a store and PostgreSQL' : 'without links to PostgreSQL', `${losses} times a bus came back empty and its listener was restarted after a window`, `${unmet} more windows met no byte and no connection, and do not count`, [...kinds].sort().map(([kind, count]) => `${kind} ${count}`).join(', ')],
    };
  },
};

/** The links of this run in turn; every fourth is one to PostgreSQL where there is one. */
async function openLink(place: number, chaos: Chaos, isOfStore: boolean, random: Seeded): Promise<BadLink> {
  if (isOfStore) {
    const lane = await PostgresLane.open(`link${place}`, chaos, { withLine: true });
    return { lines: lane.line === null ? [] : [lane.line], history: lane.history, loseTheBus: null, pid: null, finish: () => lane.finish(), close: () => lane.remove() };
  }
  const link = await BusLink.open({ folder: join(chaos.folder, `link${place}`), random: random.fork('load'), planted: chaos.planted });
  const settleMs = chaos.planted === null ? SETTLE_MS : 5_000;
  return {
    lines: link.lines, history: link.history, loseTheBus: () => loseTheBus(link), pid: () => link.nats.pid,
    finish: async () => [...await link.settle(settleMs), ...await link.violations()], close: () => link.close(),
  };
}

/** Somebody who works over lines that become bad. */
interface BadLink {
  readonly lines: readonly FaultProxy[];
  readonly history: History;
  /** Of the server, where stopping it stops everything. */
  readonly pid: (() => number) | null;
  readonly loseTheBus: (() => Promise<void>) | null;
  finish(): Promise<Violation[]>;
  close(): Promise<void>;
}

const labelOf = (window: Window): string => (window.kind === 'stopped' ? STOPPED : nameOf(window));

/** One window. True when bytes or connections met it; what nobody noticed does not count. */
async function endure(link: BadLink, window: Window, random: Seeded): Promise<boolean> {
  const ms = random.int(WINDOW.least, WINDOW.most);
  if (window.kind === 'stopped') {
    if (link.pid === null) return false;
    process.kill(link.pid(), 'SIGSTOP');
    await pause(ms);
    process.kill(link.pid(), 'SIGCONT');
    return true;
  }
  const lines = random.pick([link.lines, ...link.lines.map((line) => [line])]);
  const before = lines.reduce((sum, { met }) => sum + met, 0);
  await Promise.all(lines.map((line) => line.become(window)));
  await pause(ms);
  await Promise.all(lines.map((line) => line.become(HEALTHY)));
  return lines.reduce((sum, { met }) => sum + met, 0) > before;
}

/** The server is killed and comes back without its disk, and the listener begins again: a fault of the real run as well as of a planted one. */
async function loseTheBus(link: BusLink): Promise<void> {
  await link.nats.kill();
  link.nats.become('wiped', false);
  await link.nats.start();
  await link.restartListener();
}
