import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Seeded, Violation } from 'aftercare/testing';
import { eventually, MOST_ATTEMPTS, scaled, sideBySide, within, type Chaos, type Findings, type Suite } from '../suite.js';
import { BusLink } from './bus-link.js';
import { BUS_PLANTS } from './bus-plants.js';
import type { Kept } from './nats-disk.js';

const TARGET = 200;
const LINKS = 6;
/** Past this a kill is done and counted as idle: a planted bug, or a slow machine, may keep the departments away. */
const UNDER_WAY_MS = 8_000;
const PLANTED_UNDER_WAY_MS = 500;
/** In turn and not by chance, so that four kills meet all of them. */
const IN_TURN: readonly Kept[] = ['kept', 'wiped', 'kept', 'set back', 'kept', 'kept'];
const SETTLE_MS = 30_000;
const KILL_MS = 40_000;
const CLOSE_MS = 30_000;

/** nats-server dies while one department publishes and another listens; sometimes it comes back without its memory. */
export const natsKills: Suite = {
  name: 'nats-kills',
  about: 'kill -9 of nats-server between two departments under load; it comes back with its disk, with one of an earlier day, or with none',
  plants: BUS_PLANTS,
  async run(chaos: Chaos): Promise<Findings> {
    Logger.overrideLogger(false);
    const kills = chaos.planted === null ? scaled(TARGET, chaos) : 8;
    const links = Math.min(LINKS, Math.max(1, Math.ceil(kills / 5)));
    const violations: Violation[] = [];
    const counts = { ok: 0, fail: 0, unknown: 0 };
    const kept = new Map<Kept, number>();
    let reached = 0;
    let idle = 0;
    await sideBySide(Array.from({ length: links }), links, async (_, place) => {
      const random = chaos.random.fork(`link${place}`);
      const link = await BusLink.open({ folder: join(chaos.folder, `link${place}`), random: random.fork('load'), planted: chaos.planted });
      try {
        const share = Math.floor(kills / links) + (place < kills % links ? 1 : 0);
        const patience = chaos.planted === null ? UNDER_WAY_MS : PLANTED_UNDER_WAY_MS;
        let position = 0;
        for (let kill = 0, met = 0; met < share && kill < share * MOST_ATTEMPTS; kill += 1) {
          const death = await within(KILL_MS, 'a kill of nats-server', killOnce(link, random, { wanted: IN_TURN[kill % IN_TURN.length] as Kept, position, patience }));
          position = death.position;
          kept.set(death.kept, (kept.get(death.kept) ?? 0) + 1);
          // The planted bugs keep the listener from getting on: there every death counts.
          if (!death.isMet && chaos.planted === null) {
            idle += 1;
            continue;
          }
          met += 1;
          reached += 1;
          if (reached % 25 === 0) chaos.say(`${reached} of ${kills} kills`);
        }
        violations.push(...await link.settle(chaos.planted === null ? SETTLE_MS : 4_000), ...await link.violations());
        for (const ending of ['ok', 'fail', 'unknown'] as const) counts[ending] += link.history.count(ending);
      } finally {
        await within(CLOSE_MS, 'the end of a link', link.close());
      }
    });
    return {
      figures: [{ what: 'NATS kills', target: TARGET, reached }], acknowledged: counts.ok, refused: counts.fail, unknown: counts.unknown, violations,
      notes: [`${idle} more kills met departments that were away or had dealt with nothing since the kill before, and do not count`, [...kept].map(([how, count]) => `${count} restarts with the disk ${how}`).join(', ')],
    };
  },
};

interface Death {
  readonly wanted: Kept;
  /** Of the listener at the death before. */
  readonly position: number;
  readonly patience: number;
}

/** One death and the restart after it. Now and then the listener is restarted as well. */
async function killOnce(link: BusLink, random: Seeded, { wanted, position, patience }: Death): Promise<{ kept: Kept; isMet: boolean; position: number }> {
  await eventually(patience, () => link.isUnderWay(position));
  await pause(random.int(0, 400));
  const isMet = await link.isUnderWay(position);
  await link.nats.kill();
  if (random.chance(0.3)) await pause(random.int(0, 600));
  const kept = link.nats.become(wanted, random.chance(0.6));
  // What was delivered before the death is no sign of life after it.
  const reached = await link.position();
  await link.nats.start();
  if (random.chance(0.25)) await link.restartListener();
  return { kept, isMet, position: reached };
}
