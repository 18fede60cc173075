import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { machineFacts } from '../bench/machine.js';
import { projectRoot } from '../launcher/project-root.js';
import { endChildrenAtExit } from './children.js';
import { postgresVersion } from './postgres/postgres-version.js';
import { documentOf } from './document.js';
import { catchPlants } from './plants.js';
import { printable, type ChaosResult } from './result.js';
import { isSound, passes, runSuite, type Ran } from './run-suite.js';
import { seedOf } from './simulation/sim-range.js';
import { sideBySide } from './side-by-side.js';
import { simulate } from './simulation/simulate.js';
import { SUITES } from './suites.js';

const DOCUMENT = join('docs', 'assurance', 'reliability.md');
const PLANT_SCALE = 0.02;

interface Options {
  readonly seed: string;
  readonly scale: string;
  readonly only?: string;
  readonly json?: string;
  readonly writeDocs?: boolean;
  readonly planted?: boolean;
  readonly allowMissing?: boolean;
  readonly trace?: string;
  readonly from?: string;
}

const options = new Command('npm run chaos --')
  .description('Kills, cuts and corrupts the surroundings of a running system and checks that nothing acknowledged is lost or doubled. TMPDIR chooses the disk.')
  .option('--seed <seed>', 'chance of the whole run; a new one each time unless given', String(Date.now() % 1_000_000))
  .option('--scale <factor>', 'part of the figures of a release: 1 takes about half an hour, 0.02 about two minutes', '0.1')
  .option('--only <suites>', `some of: ${SUITES.map(({ name }) => name).join(',')}`)
  .option('--planted', 'instead run every suite with each of its planted bugs, which it has to find')
  .option('--allow-missing', 'let a suite pass that cannot run on this machine; the result still says so')
  .option('--trace <run>', 'instead show one run of the simulation step by step')
  .option('--from <files>', `instead write ${DOCUMENT} from the --json results of runs that shared the suites, side by side`)
  .option('--json <file>', 'write the result as JSON')
  .option('--write-docs', `write ${DOCUMENT}`)
  .parse().opts<Options>();

endChildrenAtExit();
const say = (line: string): void => { process.stderr.write(`${line}\n`); };
const chosen = options.only?.split(',').map((name) => {
  const suite = SUITES.find((one) => one.name === name);
  if (!suite) throw new Error(`there is no suite "${name}": choose from ${SUITES.map((one) => one.name).join(', ')}`);
  return suite;
}) ?? SUITES;
const scale = Number(options.scale);
if (!(scale > 0 && scale <= 10)) throw new Error(`--scale takes a number above 0, not "${options.scale}"`);

if (options.trace !== undefined) {
  const show = (line: string): void => { process.stdout.write(`${line}\n`); };
  const { violations } = await simulate(seedOf(`${options.seed}/simulation`, Number(options.trace)), null, show);
  for (const { rule, what } of violations) show(`${rule}: ${what}`);
  process.exit(violations.length === 0 ? 0 : 1);
}

if (options.from !== undefined) {
  const joined = sideBySide(options.from.split(','));
  writePage(joined);
  process.exit(joined.suites.every((ran) => passes(ran, options.allowMissing === true)) ? 0 : 1);
}

if (options.planted) {
  say(`seed ${options.seed}, planted bugs`);
  const caught = await catchPlants(chosen, options.seed, PLANT_SCALE, say);
  const missed = caught.filter(({ by }) => by.length === 0);
  process.stdout.write(`${caught.length - missed.length} of ${caught.length} planted bugs were caught\n`);
  process.exit(missed.length === 0 ? 0 : 1);
}

say(`seed ${options.seed}, scale ${scale}, suites ${chosen.map(({ name }) => name).join(',')}`);
const machine = machineFacts(tmpdir());
const began = Date.now();
const suites: Ran[] = [];
for (const suite of chosen) {
  say(`${suite.name}: ${suite.about}`);
  const ran = await runSuite(suite, { seed: options.seed, scale, say: (line) => say(`  ${suite.name}: ${line}`) });
  say(`  ${suite.name}: ${isSound(ran) ? 'sound' : ran.skipped ? 'NOT RUN' : 'NOT SOUND'} after ${ran.seconds} s`);
  suites.push(ran);
}
const result: ChaosResult = {
  seed: options.seed, scale, beganAt: new Date(began).toISOString(), seconds: Math.round((Date.now() - began) / 1_000), machine, postgres: postgresVersion(), suites,
};
process.stdout.write(`${printable(result)}\n`);
if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(result, null, 2)}\n`);
if (options.writeDocs) writePage(result);
process.exit(suites.every((ran) => passes(ran, options.allowMissing === true)) ? 0 : 1);

function writePage(whole: ChaosResult): void {
  const file = join(projectRoot(), DOCUMENT);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, documentOf(whole));
  say(`written: ${DOCUMENT}`);
}
