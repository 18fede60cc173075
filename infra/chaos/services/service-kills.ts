import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { History, type Seeded, type Violation } from 'aftercare/testing';
import { eventually, MOST_ATTEMPTS, scaled, within, type Chaos, type Findings, type Suite } from '../suite.js';
import { logbookViolations, modelViolations, settle } from './company-check.js';
import { Attention, type Met } from './attention.js';
import { Company, DEPARTMENTS, type Department } from './company.js';
import { registerComplaints } from './complaints.js';
import { SERVICE_PLANTS, spoil } from './service-plants.js';

const TARGET = 500;
const CLIENTS = 3;
/** Killers at work side by side, so that two departments are often away at once. */
const KILLERS = 2;
/** Past this a kill is done and counted as idle. */
const UNDER_WAY_MS = 15_000;
const SETTLE_MS = 120_000;
const START_MS = 90_000;
const KILL_MS = 90_000;

/** Real departments die one after the other and two at once while complaints are registered. */
export const serviceKills: Suite = {
  name: 'service-kills',
  about: `kill -9 of ${DEPARTMENTS.join(', ')}, at work or still starting, two at a time, while clients register complaints over HTTP; then logs, effects, copies on the bus, models and quarantines are looked at`,
  plants: SERVICE_PLANTS,
  async run(chaos: Chaos): Promise<Findings> {
    Logger.overrideLogger(false);
    const wanted = chaos.planted === null ? scaled(TARGET, chaos) : 4;
    const company = await within(START_MS, 'the start of the company', Company.start(join(chaos.folder, 'company')));
    try {
      return await disturbed(chaos, company, wanted);
    } finally {
      await company.stop();
    }
  },
};

async function disturbed(chaos: Chaos, company: Company, wanted: number): Promise<Findings> {
  const history = new History();
  const closing = new AbortController();
  const load = Promise.all(Array.from({ length: CLIENTS }, (_, client) =>
    registerComplaints(company, history, `c${client}`, chaos.random.fork(`client${client}`), closing.signal)));
  const idle = new Set<Department>(DEPARTMENTS);
  const kills: Record<Met, number> = { working: 0, starting: 0, idle: 0 };
  let together = 0;
  let underWay = 0;
  const attention = new Attention(company, history);
  const killer = async (random: Seeded): Promise<void> => {
    let again: Department | null = null;
    while (kills.working + kills.starting + underWay < wanted && kills.idle < wanted * (MOST_ATTEMPTS - 1)) {
      const name: Department = again ?? random.pick([...idle]);
      const isInItsStart = again !== null;
      again = random.chance(0.2) ? name : null;
      idle.delete(name);
      underWay += 1;
      const met = await within(KILL_MS, `a kill of ${name}`, killOnce(company, name, attention, { isInItsStart, random }));
      underWay -= 1;
      kills[met] += 1;
      // Looked at after the kill: the other one is not away because somebody is about to kill it.
      if (met !== 'idle' && await attention.isAnotherAway(name)) together += 1;
      if (again === null) idle.add(name);
      const reached = kills.working + kills.starting;
      if (reached % 25 === 0) chaos.say(`${reached} of ${wanted} kills, ${history.count('ok')} complaints acknowledged`);
    }
  };
  await Promise.all([...Array.from({ length: KILLERS }, (_, n) => killer(chaos.random.fork(`killer${n}`)))]);
  if (chaos.planted !== null) await spoil(chaos.planted, company, history);
  closing.abort();
  await load;
  await Promise.all([...company.services.values()].map((service) => service.untilReady()));
  chaos.say('everybody is back; waiting until nothing moves any more');
  const violations: Violation[] = await settle(company, chaos.planted === null ? SETTLE_MS : 10_000);
  violations.push(...await modelViolations(company));
  await company.stopServices();
  violations.push(...await logbookViolations(company, history));
  return {
    figures: [{ what: 'service kills', target: TARGET, reached: kills.working + kills.starting }],
    acknowledged: history.count('ok'), refused: history.count('fail'), unknown: history.count('unknown'), violations,
    notes: [
      `${kills.working} kills met a service that was ready and had recorded something, or had something open, since it was killed before; ${kills.starting} one that ran, had work to catch up with and was not ready yet; ${together} while another one was away as well`,
      `${kills.idle} more kills met neither, and do not count`,
    ],
  };
}

/** One death and the start after it: what it met is measured at the kill and not taken from the dice. */
async function killOnce(company: Company, name: Department, attention: Attention, { isInItsStart, random }: { isInItsStart: boolean; random: Seeded }): Promise<Met> {
  const service = company.service(name);
  if (isInItsStart) {
    await eventually(UNDER_WAY_MS, async () => await attention.isStarting(name) || attention.isReady(name));
    await pause(random.int(0, 40));
  }
  if (!isInItsStart || await attention.isReady(name)) {
    await eventually(UNDER_WAY_MS, () => attention.isWorking(name));
    await pause(random.int(0, 60));
  }
  const met = await attention.at(name);
  await service.kill();
  service.start();
  return met;
}
