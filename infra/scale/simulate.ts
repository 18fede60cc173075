import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { parse, stringify } from 'yaml';
import { openStore } from 'aftercare/event-store';
import { policyFolder } from 'aftercare/policy';
import { facts } from '../cli/table.js';
import { fillFrom } from './fill.js';
import { Generator } from './generator.js';
import type { RunOfSimulation } from './simulate-run.js';

/** What a simulation may take for 100,000 cases, seconds on two cores that nobody else uses. */
const TARGET = { cases: 100_000, seconds: 60, cores: 2 } as const;
const EVENTS_AT_ONCE = 20_000;

const { cases, keep } = new Command('npm run scale:simulate --')
  .description('Fills an intake log with realistic cases and measures `aftercare policy simulate` over all of them. TMPDIR chooses the disk.')
  .option('--cases <count>', 'cases in the log', Number, TARGET.cases)
  .option('--keep <folder>', 'fill the log here and leave it; a log that is there already is taken as it is')
  .parse().opts<{ cases: number; keep?: string }>();

const say = (line: string): void => { process.stderr.write(`${line}\n`); };

async function fill(folder: string): Promise<void> {
  const store = await openStore('sqlite', { log: 'intake', dataDir: folder, forTransfer: true });
  try {
    const generator = await Generator.create();
    await store.transfer().begin();
    while (generator.cases.length < cases) {
      await fillFrom(generator, store.transfer(), EVENTS_AT_ONCE, () => undefined);
      if (generator.cases.length % 10 === 0) say(`filling: ${generator.cases.length.toLocaleString('en-US')} of ${cases.toLocaleString('en-US')} cases`);
    }
    await store.transfer().finish();
  } finally {
    await store.close();
  }
}

/** The shipped company with a reply in 4 hours instead of 24: every complaint is told again and many come out differently. */
function writeDraft(file: string): void {
  const company = parse(readFileSync(join(policyFolder(), 'companies', 'example.yaml'), 'utf8')) as { version: number; own: Record<string, unknown> };
  company.version += 1;
  company.own['complaint.reply'] = {
    kind: 'clock', value: 4, unit: 'hour', calendar: 'wall-clock', calendarStated: true, nature: 'service', from: { zh: '获知', en: 'awareness' }, to: { zh: '答复', en: 'answer' }, pausable: true,
    warn: [100], escalate: [{ percent: 100, to: ['intake.head'] }], clause: '1', rows: ['P003-35'], source: 'stated',
  };
  writeFileSync(file, stringify(company));
}

async function measured(data: string, draft: string): Promise<RunOfSimulation> {
  const script = fileURLToPath(new URL('simulate-run.js', import.meta.url));
  const child = spawn(process.execPath, [script, '--draft', draft, '--from', '2026-01-01', '--to', '2027-12-31', '--department', 'intake', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => { lines.push(line); });
  const [code] = await once(child, 'close') as [number | null];
  if (code !== 0) throw new Error('the simulation ended with an error');
  return JSON.parse(lines.at(-1) ?? '') as RunOfSimulation;
}

const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'aftercare-simulate-')) : resolve(keep);
mkdirSync(folder, { recursive: true });
try {
  if (!existsSync(join(folder, 'intake', 'log.db'))) await fill(join(folder, 'intake'));
  writeDraft(join(folder, 'draft.yaml'));
  const before = loadavg()[0] ?? 0;
  const { totals, seconds, cpuSeconds, rssMb } = await measured(folder, join(folder, 'draft.yaml'));
  const per100k = (TARGET.cases / totals.cases) * cpuSeconds;
  process.stdout.write(`${facts([
    ['Cases', `${totals.cases.toLocaleString('en-US')} with ${totals.events.toLocaleString('en-US')} events; ${totals.affected.toLocaleString('en-US')} come out differently`],
    ['Wall clock', `${seconds.toFixed(1)} s on ${availableParallelism()} cores, load before ${before.toFixed(1)}, after ${(loadavg()[0] ?? 0).toFixed(1)}`],
    ['Processor', `${cpuSeconds.toFixed(1)} s, ${((cpuSeconds * 1e6) / totals.events).toFixed(1)} µs for each event; start included`],
    ['Memory', `${Math.round(rssMb)} MB at most`],
    ['Target', `${TARGET.cases.toLocaleString('en-US')} cases in ${TARGET.seconds} s on ${TARGET.cores} cores: ${per100k.toFixed(0)} of ${TARGET.seconds * TARGET.cores} processor seconds, `
      + `wall clock ${(TARGET.cases / totals.cases * seconds).toFixed(0)} s: ${TARGET.cases / totals.cases * seconds <= TARGET.seconds ? 'met' : 'MISSED here'}`],
  ])}\n`);
} finally {
  if (keep === undefined) rmSync(folder, { recursive: true, force: true });
}
