import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../launcher/project-root.js';
import type { ScaleResult } from '../scale/stops.js';
import { measureAppends } from './append.bench.js';
import { measureCommands } from './commands.bench.js';
import { documentOf } from './document.js';
import { measureImport } from './import.bench.js';
import { isInMemory, machineFacts } from './machine.js';
import type { Bench, Found, Measure } from './measure.js';
import { measureAppendsBesidePeers } from './peers/append-beside-peers.bench.js';
import type { Comparison } from './peers/comparison.js';
import { measureCyclesBesidePeers } from './peers/cycle-beside-peers.bench.js';
import { measureHotStreamBesidePeers } from './peers/hot-stream-beside-peers.bench.js';
import { measureLatencyBesidePeers } from './peers/latency-beside-peers.bench.js';
import { measureLoadsBesidePeers } from './peers/load-beside-peers.bench.js';
import { InstalledPeers, NoPeers } from './peers/installed.js';
import { measureReplayBesidePeers } from './peers/replay-beside-peers.bench.js';
import { measureRebuild } from './rebuild.bench.js';
import { printable, type BenchResult } from './result.js';
import { measureScale } from './scale.bench.js';
import { measureStart } from './start.bench.js';
import { measureVisibility } from './visibility.bench.js';

type Part = (bench: Bench) => Promise<Measure | readonly Measure[] | Found>;
const PARTS: Readonly<Record<string, Part>> = {
  append: measureAppends, rebuild: measureRebuild, commands: measureCommands, visibility: measureVisibility, start: measureStart, import: measureImport,
  scale: measureScale,
};
/** They need other people's packages and a PostgreSQL, hence only when asked for. */
const PARTS_BESIDE_PEERS: Readonly<Record<string, Part>> = {
  'peers-append': measureAppendsBesidePeers, 'peers-hot': measureHotStreamBesidePeers, 'peers-cycle': measureCyclesBesidePeers,
  'peers-load': measureLoadsBesidePeers, 'peers-replay': measureReplayBesidePeers, 'peers-latency': measureLatencyBesidePeers,
};
const ALL_PARTS = { ...PARTS, ...PARTS_BESIDE_PEERS };
const DOCUMENT = join('docs', 'assurance', 'performance.md');

interface Options {
  readonly quick?: boolean;
  readonly json?: string | true;
  readonly only?: readonly string[];
  readonly peers?: boolean;
  readonly replayEvents?: number;
  readonly scaleResults?: readonly string[];
  readonly writeDocs?: boolean;
}

const { quick = false, json, only, peers = false, replayEvents, scaleResults, writeDocs } = new Command('npm run bench --')
  .description('Measures this machine: us against bare yardsticks, in rounds that take turns. TMPDIR chooses the disk.')
  .option('--quick', 'two minutes instead of eight, with --peers five instead of eighteen; figures are rougher')
  .option('--peers', 'also beside other event stores; installs their packages apart from ours when they are not there')
  .option('--only <parts...>', `some of: ${Object.keys(ALL_PARTS).join(', ')}`)
  .option('--replay-events <count>', 'events of the replay beside peers; 1000000 takes half an hour, most of it theirs', Number)
  .option('--scale-results <files...>', 'take what `npm run scale -- --json <file>` found instead of letting a log grow now')
  .option('--json [file]', 'write the result as JSON to a file, or to standard output instead of the table')
  .option('--write-docs', `write ${DOCUMENT}`)
  .parse().opts<Options>();

const say = (line: string): void => { process.stderr.write(`${line}\n`); };

async function run(): Promise<BenchResult> {
  const machine = machineFacts(tmpdir());
  if (isInMemory(machine)) say(`! ${machine.dataFolder} lies in memory, where a sync costs nothing: set TMPDIR to a folder on a disk.`);
  const chosen = only ?? Object.keys(peers ? ALL_PARTS : PARTS);
  // Before anything is measured: an hour is not to end with the news that the registry cannot be reached.
  if (chosen.some((name) => name in PARTS_BESIDE_PEERS)) await InstalledPeers.install(say);
  const began = Date.now();
  const measures: Measure[] = [];
  const comparisons: Comparison[] = [];
  const scales: ScaleResult[] = [];
  for (const name of chosen) {
    const part: Part | undefined = ALL_PARTS[name as keyof typeof ALL_PARTS];
    if (!part) throw new Error(`there is no part "${name}": choose from ${Object.keys(ALL_PARTS).join(', ')}`);
    const found = await part({ quick, peers, say, ...(replayEvents !== undefined && { replayEvents }), ...(scaleResults && { scaleResults }) });
    if (!('measures' in found)) {
      measures.push(...[found].flat());
      continue;
    }
    measures.push(...found.measures);
    comparisons.push(...found.comparisons ?? []);
    scales.push(...found.scales ?? []);
  }
  return { measuredAt: new Date(began).toISOString(), quick, seconds: Math.round((Date.now() - began) / 1_000), machine, measures, comparisons, scales };
}

const result = await run().catch((error: unknown) => {
  if (!(error instanceof NoPeers)) throw error;
  say(`bench: ${error.message}`);
  process.exit(1);
});
if (json !== true) process.stdout.write(`${printable(result)}\n`);
else process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
if (typeof json === 'string') writeFileSync(resolve(json), `${JSON.stringify(result, null, 2)}\n`);
if (writeDocs) {
  const file = join(projectRoot(), DOCUMENT);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, documentOf(result));
  say(`written: ${DOCUMENT}`);
}
