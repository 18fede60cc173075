import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from 'aftercare/event-store';
import { policySet } from 'aftercare/policy';
import { openSqliteVault } from 'aftercare/privacy';
import { CommandDesk, Commands, fingerprintWith, States } from 'aftercare/service-host';
import { ComplaintImportController } from '../../services/intake/src/complaint/complaint-import.controller.js';
import { readMapping } from '../import/mapping/read-mapping.js';
import { importRegister } from '../import/run/import-register.js';
import { ResumeFile } from '../import/run/resume-file.js';
import { surveyRegister } from '../import/run/survey.js';

/** One process that reads, checks, decides, seals and syncs: the most that one core of this machine gives an import. */
export interface ImportMeasurement {
  readonly rows: number;
  readonly casesPerSecond: number;
  /** Of this process, all threads; unlike the rate it does not depend on who else uses the machine. */
  readonly cpuMicrosecondsPerCase: number;
  readonly target: number;
}

const MAPPING = `register: bench
format: csv
key: No
fields:
  channel: { const: register }
  locality: { const: non-local }
  awareAt: { column: Day, dates: [YYYY-MM-DD] }
  complainant: { const: 临江区第二人民医院 }
  subject: { template: "输液器 {Lot} 漏液" }
  description: What
  demand: { const: 更换 }
  classification.class: { const: product-quality }
  classification.goods.productName: { const: 一次性使用输液器 }
  classification.goods.lot: Lot
  classification.goods.manufacturedOn: { nowhere: true }
  classification.goods.arrivedOn: { nowhere: true }`;

/** Without bus, read models and other departments, which compete for the same cores in a running instance. */
export async function measureImport({ rows = 20_000 } = {}): Promise<ImportMeasurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  const store = openSqliteStore({ file: join(folder, 'log.db'), log: 'intake' });
  const vault = openSqliteVault({ file: join(folder, 'keys.db'), kekFile: join(folder, 'kek') });
  const commands = new Commands({ store, states: new States(store), vault, policy: policySet(), fingerprint: fingerprintWith(new Uint8Array(32)), now: Date.now });
  const controller = new ComplaintImportController(new CommandDesk(commands));
  const call = { actor: { id: 'bench', role: 'intake.clerk' }, expectedVersion: null, onBehalfOf: null, reason: null };
  try {
    const [file, mapping] = [join(folder, 'register.csv'), readMapping(MAPPING)];
    writeFileSync(file, `No,Day,Lot,What\n${Array.from({ length: rows }, (_, n) => `${n},2026-03-02,L-${n % 997},使用过程中发现接头漏液，已停止使用，共三支。`).join('\n')}\n`);
    const survey = await surveyRegister(file, mapping, MAPPING);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const tally = await importRegister({
      file, mapping, survey, rejectsFile: join(folder, 'rejects.csv'), resume: new ResumeFile(join(folder, 'resume.json')), inFlight: 3, progress: () => undefined,
      sending: { post: (body) => controller.take(JSON.parse(body), call), mayPass: () => false, waiting: () => undefined, firstWaitMs: 0 },
    });
    if (tally.imported !== rows) throw new Error(`only ${tally.imported} of ${rows} rows became cases`);
    const used = process.cpuUsage(cpu);
    const seconds = (performance.now() - began) / 1_000;
    return { rows, casesPerSecond: Math.round(rows / seconds), cpuMicrosecondsPerCase: Math.round((used.user + used.system) / rows), target: 2_000 };
  } finally {
    await store.close();
    vault.close();
    rmSync(folder, { recursive: true });
  }
}
