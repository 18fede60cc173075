import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { HEALTHY, nameOf, type Fault, type Seeded, type Violation } from 'aftercare/testing';
import { scaled, sideBySide, within, type Chaos, type Findings, type Suite } from '../suite.js';
import { BusLink } from './bus-link.js';
import { BUS_PLANTS } from './bus-plants.js';

const TARGET = 300;
const LINKS = 8;
const SETTLE_MS = 60_000;
/** Around a mean of 1.5 s. */
const WINDOW = { least: 500, most: 2_500 };
const WINDOW_MS = 30_000;
const CLOSE_MS = 30_000;
const STOPPED = 'SIGSTOP of the server';

type Window = Fault | { readonly kind: 'stopped' };

const WINDOWS: readonly Window[] = [
  { kind: 'latency', ms: 20 }, { kind: 'latency', ms: 200 }, { kind: 'latency', ms: 2_000 }, { kind: 'reset' }, { kind: 'blackhole' }, { kind: 'refuse' },
  { kind: 'half-close' }, { kind: 'slices' }, { kind: 'throttle', bytesPerSecond: 8_000 }, { kind: 'stopped' },
];

/** The lines between departments and the bus become bad for a while, one side or both. */
export const network: Suite = {
  name: 'network',
  about: 'windows of latency, reset, black hole, refusal, half-close, one-byte slices, 8 kB/s and a stopped server on the lines between departments and NATS',
  plants: BUS_PLANTS,
  async run(chaos: Chaos): Promise<Findings> {
    Logger.overrideLogger(false);
    const wanted = chaos.planted === null ? scaled(TARGET, chaos) : 4;
    const links = Math.min(LINKS, Math.max(1, Math.ceil(wanted / 4)));
    const violations: Violation[] = [];
    const counts = { ok: 0, fail: 0, unknown: 0 };
    const kinds = new Map<string, number>();
    let reached = 0;
    await sideBySide(Array.from({ length: links }), links, async (_, place) => {
      const random = chaos.random.fork(`link${place}`);
      const link = await BusLink.open({ folder: join(chaos.folder, `link${place}`), random: random.fork('load'), planted: chaos.planted });
      const share = Math.floor(wanted / links) + (place < wanted % links ? 1 : 0);
      // Each link begins at another kind, so that a scaled-down run meets all of them as well.
      const windows = Array.from({ length: share }, (__, n) => WINDOWS[(n + place * 3) % WINDOWS.length] as Window);
      try {
        for (const window of random.shuffled(windows)) {
          await pause(random.int(100, 600));
          const isMet = await within(WINDOW_MS, `a window of ${labelOf(window)}`, endure(link, window, random));
          if (chaos.planted !== null) await loseTheBus(link);
          if (!isMet) continue;
          reached += 1;
          kinds.set(labelOf(window), (kinds.get(labelOf(window)) ?? 0) + 1);
          if (reached % 25 === 0) chaos.say(`${reached} of ${wanted} windows`);
        }
        violations.push(...await link.settle(chaos.planted === null ? SETTLE_MS : 5_000), ...await link.violations());
        for (const ending of ['ok', 'fail', 'unknown'] as const) counts[ending] += link.history.count(ending);
      } finally {
        await within(CLOSE_MS, 'the end of a link', link.close());
      }
    });
    return {
      figures: [{ what: 'network fault windows', target: TARGET, reached }], acknowledged: counts.ok, refused: counts.fail, unknown: counts.unknown, violations,
      notes: [[...kinds].sort().map(([kind, count]) => `${kind} ${count}`).join(', ')],
    };
  },
};

const labelOf = (window: Window): string => (window.kind === 'stopped' ? STOPPED : nameOf(window));

/** One window. True when bytes or connections met it; what nobody noticed does not count. */
async function endure(link: BusLink, window: Window, random: Seeded): Promise<boolean> {
  const ms = random.int(WINDOW.least, WINDOW.most);
  if (window.kind === 'stopped') {
    process.kill(link.nats.pid, 'SIGSTOP');
    await pause(ms);
    process.kill(link.nats.pid, 'SIGCONT');
    return true;
  }
  const [first, second] = link.lines;
  const lines = random.pick([[first], [second], [first, second]]);
  const before = lines.reduce((sum, { met }) => sum + met, 0);
  await Promise.all(lines.map((line) => line.become(window)));
  await pause(ms);
  await Promise.all(lines.map((line) => line.become(HEALTHY)));
  return lines.reduce((sum, { met }) => sum + met, 0) > before;
}

/** What the planted bugs need beside a bad line in order to do harm. */
async function loseTheBus(link: BusLink): Promise<void> {
  await link.nats.kill();
  link.nats.become('wiped', false);
  await link.nats.start();
  await link.restartListener();
}
