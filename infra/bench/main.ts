import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../launcher/project-root.js';
import { measureAppends } from './append.bench.js';
import { measureCommands } from './commands.bench.js';
import { documentOf } from './document.js';
import { measureImport } from './import.bench.js';
import { isInMemory, machineFacts } from './machine.js';
import type { Bench, Measure } from './measure.js';
import { measureRebuild } from './rebuild.bench.js';
import { printable, type BenchResult } from './result.js';
import { measureStart } from './start.bench.js';
import { measureVisibility } from './visibility.bench.js';

const PARTS: Readonly<Record<string, (bench: Bench) => Promise<Measure | readonly Measure[]>>> = {
  append: measureAppends, rebuild: measureRebuild, commands: measureCommands, visibility: measureVisibility, start: measureStart, import: measureImport,
};
const DOCUMENT = join('docs', 'assurance', 'performance.md');

interface Options {
  readonly quick?: boolean;
  readonly json?: string | true;
  readonly only?: readonly string[];
  readonly writeDocs?: boolean;
}

const { quick = false, json, only, writeDocs } = new Command('npm run bench --')
  .description('Measures this machine: us against bare yardsticks, in rounds that take turns. TMPDIR chooses the disk.')
  .option('--quick', 'a minute instead of ten; figures are rougher')
  .option('--only <parts...>', `some of: ${Object.keys(PARTS).join(', ')}`)
  .option('--json [file]', 'write the result as JSON to a file, or to standard output instead of the table')
  .option('--write-docs', `write ${DOCUMENT}`)
  .parse().opts<Options>();

const say = (line: string): void => { process.stderr.write(`${line}\n`); };

async function run(): Promise<BenchResult> {
  const machine = machineFacts(tmpdir());
  if (isInMemory(machine)) say(`! ${machine.dataFolder} lies in memory, where a sync costs nothing: set TMPDIR to a folder on a disk.`);
  const chosen = only ?? Object.keys(PARTS);
  const began = Date.now();
  const measures: Measure[] = [];
  for (const name of chosen) {
    const part = PARTS[name];
    if (!part) throw new Error(`there is no part "${name}": choose from ${Object.keys(PARTS).join(', ')}`);
    measures.push(...[await part({ quick, say })].flat());
  }
  return { measuredAt: new Date(began).toISOString(), quick, seconds: Math.round((Date.now() - began) / 1_000), machine, measures };
}

const result = await run();
if (json !== true) process.stdout.write(`${printable(result)}\n`);
else process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
if (typeof json === 'string') writeFileSync(resolve(json), `${JSON.stringify(result, null, 2)}\n`);
if (writeDocs) {
  const file = join(projectRoot(), DOCUMENT);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, documentOf(result));
  say(`written: ${DOCUMENT}`);
}
