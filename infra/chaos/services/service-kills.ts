import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { History, type Seeded, type Violation } from 'aftercare/testing';
import { scaled, within, type Chaos, type Findings, type Suite } from '../suite.js';
import { logbookViolations, modelViolations, settle } from './company-check.js';
import { Company, DEPARTMENTS, type Department } from './company.js';
import { registerComplaints } from './complaints.js';
import { SERVICE_PLANTS, spoil } from './service-plants.js';

const TARGET = 500;
const CLIENTS = 3;
/** Killers at work side by side, so that two departments are often away at once. */
const KILLERS = 2;
const SETTLE_MS = 60_000;
const START_MS = 90_000;
const KILL_MS = 90_000;

/** Real departments die one after the other and two at once while complaints are registered. */
export const serviceKills: Suite = {
  name: 'service-kills',
  about: `kill -9 of ${DEPARTMENTS.join(', ')}, running or still starting, two at a time, while clients register complaints over HTTP; then logs, effects, models and quarantines are looked at`,
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
  const reached = { all: 0, starting: 0, together: 0 };
  const killer = async (random: Seeded): Promise<void> => {
    while (reached.all < wanted) {
      const name = random.pick([...idle]);
      idle.delete(name);
      reached.all += 1;
      if (idle.size < DEPARTMENTS.length - 1) reached.together += 1;
      if (await within(KILL_MS, `a kill of ${name}`, killOnce(company, name, random))) reached.starting += 1;
      idle.add(name);
      if (reached.all % 25 === 0) chaos.say(`${reached.all} of ${wanted} kills, ${history.count('ok')} complaints acknowledged`);
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
    figures: [{ what: 'service kills', target: TARGET, reached: reached.all }],
    acknowledged: history.count('ok'), refused: history.count('fail'), unknown: history.count('unknown'), violations,
    notes: [`${reached.starting} of the kills while the service started, ${reached.together} while another one was away as well`],
  };
}

/** One death and the start after it. True when the service died before it was ready. */
async function killOnce(company: Company, name: Department, random: Seeded): Promise<boolean> {
  const service = company.service(name);
  const isStarting = random.chance(0.2);
  if (!isStarting) await service.untilReady();
  await pause(isStarting ? random.int(0, 900) : random.int(0, 250));
  await service.kill();
  service.start();
  return isStarting;
}
