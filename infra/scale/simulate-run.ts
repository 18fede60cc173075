import { main } from '../cli/main.js';
import type { Totals } from '../cli/policy/simulate/totals.js';

/** What one simulation took; the last line of this program, which is a process of its own so that nobody else's memory and time count. */
export interface RunOfSimulation {
  readonly totals: Totals;
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  readonly rssMb: number;
}

const began = performance.now();
let last = '';
const code = await main(['policy', 'simulate', ...process.argv.slice(2)], {
  out: (text) => { last = text; }, err: (text) => { process.stderr.write(`${text}\n`); }, live: false,
});
process.exitCode = code;
if (code === 0) {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const run: RunOfSimulation = { totals: JSON.parse(last) as Totals, seconds: (performance.now() - began) / 1_000, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, rssMb: maxRSS / 1_024 };
  process.stdout.write(`${JSON.stringify(run)}\n`);
}
