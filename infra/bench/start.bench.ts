import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVICES } from '../launcher/index.js';
import { againstLimit, withoutTarget, type Bench, type Measure } from './measure.js';
import { RunningCompany } from './running-company.js';

const IDLE_SECONDS = 10;
const START_SECONDS = 10;
const MEMORY_MB = 900;

/** From nothing to seven services that say they are ready, on an empty data folder; then what they hold while idle. */
export async function measureStart({ quick, say }: Bench): Promise<readonly Measure[]> {
  const count = quick ? 1 : 5;
  const [started, pss, rss]: [number[], number[], number[]] = [[], [], []];
  for (let round = 1; round <= count; round += 1) {
    say(`start: round ${round} of ${count}`);
    const began = performance.now();
    const company = await RunningCompany.start(SERVICES);
    try {
      started.push((performance.now() - began) / 1_000);
      say(`start: ready after ${started.at(-1)?.toFixed(1)} s, now ${IDLE_SECONDS} s of idleness`);
      await pause(IDLE_SECONDS * 1_000);
      const held = company.pids().map(({ name, pid }) => ({ name, ...memoryOf(pid) }));
      say(`memory: ${held.map(({ name, pssMb }) => `${name} ${pssMb.toFixed(0)}`).join(', ')} MB`);
      pss.push(held.reduce((sum, { pssMb }) => sum + pssMb, 0));
      rss.push(held.reduce((sum, { rssMb }) => sum + rssMb, 0));
    } finally {
      await company.stop();
    }
  }
  const processes = 'six departments, gateway and nats-server';
  return [
    againstLimit({ id: 'start', what: 'Start to all ready', unit: 's', how: `startAll on an empty data folder until ${processes} answer /health/ready` }, started, { atMost: START_SECONDS }),
    againstLimit({
      id: 'memory-idle', what: 'Idle memory, PSS', unit: 'MB',
      how: `${processes} after ${IDLE_SECONDS} s of idleness: sum of Pss in /proc/<pid>/smaps_rollup, which counts pages shared by several processes once; MB of 2^20 bytes`,
    }, pss, { atMost: MEMORY_MB }),
    withoutTarget({ id: 'memory-idle-rss', what: 'Idle memory, RSS', unit: 'MB', how: 'The same moment, sum of Rss, which counts shared pages once for every process' }, rss),
  ];
}

function memoryOf(pid: number): { readonly pssMb: number; readonly rssMb: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const mb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) / 1_024;
  return { pssMb: mb('Pss'), rssMb: mb('Rss') };
}
