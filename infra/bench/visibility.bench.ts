import { join } from 'node:path';
import { SERVICES } from '../launcher/index.js';
import { COMPLAINT } from './load/complaint.js';
import { Generator } from './load/generator.js';
import type { VisibilityReport } from './load/visibility.js';
import { syncMs } from './machine.js';
import { againstLimit, type Bench, type Measure } from './measure.js';
import { RunningCompany } from './running-company.js';

const RATES = [100, 200] as const;
const P50_MS = 10;
const P99_MS = 50;

/** From a commit in intake to the row that surveys shows, through relay, JetStream, inbox, reaction, append and fold. */
export async function measureVisibility({ quick, say }: Bench): Promise<readonly Measure[]> {
  const [count, seconds, warmUpSeconds] = quick ? [1, 5, 3] : [3, 15, 3];
  const company = await RunningCompany.start(SERVICES);
  const generator = new Generator();
  const syncs: number[] = [];
  const reports = new Map<number, VisibilityReport[]>(RATES.map((rate) => [rate, []]));
  try {
    const shot = {
      url: `${company.urlOf('intake')}/complaints`, token: await company.token('intake.clerk'), body: COMPLAINT,
      logFile: join(company.dataDir, 'intake', 'log.db'), viewsFile: join(company.dataDir, 'surveys', 'views.db'),
    };
    for (let round = 1; round <= count; round += 1) {
      for (const perSecond of RATES) {
        say(`visibility at ${perSecond}/s: round ${round} of ${count}`);
        syncs.push(syncMs(company.dataDir));
        const report = await generator.visibility({ ...shot, perSecond, seconds, warmUpSeconds });
        if (report.refused > 0) throw new Error(`${report.refused} commands were not taken`);
        reports.get(perSecond)?.push(report);
        await company.quiet();
      }
    }
  } finally {
    await generator.close();
    await company.stop();
  }
  return [...reports].flatMap(([rate, ofRate]) => measuresOf(rate, ofRate, syncs));
}

function measuresOf(rate: number, reports: readonly VisibilityReport[], syncs: readonly number[]): readonly Measure[] {
  const cases = reports.reduce((sum, report) => sum + report.cases, 0);
  const lookMs = Math.max(...reports.map((report) => report.lookMs));
  const how = `${cases} complaints sent at fixed instants; from the last look that did not see the commit in intake's log to the first that sees the row in `
    + `surveys' callback model, both files read by one process with one clock every ${lookMs.toFixed(1)} ms: never too low, too high by two looks at most. One bare sync took ${Math.min(...syncs)} to ${Math.max(...syncs)} ms just before the rounds`;
  return [
    againstLimit({ id: `visible-${rate}-p50`, what: `Commit in intake visible in surveys, ${rate}/s, p50`, unit: 'ms', how }, reports.map(({ p50Ms }) => p50Ms), { atMost: P50_MS }),
    againstLimit({ id: `visible-${rate}-p99`, what: `Commit in intake visible in surveys, ${rate}/s, p99`, unit: 'ms', how }, reports.map(({ p99Ms }) => p99Ms), { atMost: P99_MS }),
  ];
}
