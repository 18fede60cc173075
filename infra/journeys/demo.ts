import colors from 'picocolors';
import { table } from '../cli/table.js';
import { screen } from '../cli/terminal.js';
import { DEPARTMENTS } from '../launcher/departments.js';
import { importSampleRegister, type Imported } from './sample-register.js';
import { tellStories, type Told } from './journeys.js';
import { PrivateInstance } from './private-instance.js';
import { modelsEqualAReplay, type ModelProof } from './proofs.js';
import { replayAll, type Replayed } from './replay-all.js';
import { settled, type DepartmentStatus } from './settled.js';

const TIMES = 3;
const AT_ONCE = 4;
const PATIENCE_MS = 60_000;
const SETTLE_MS = 120_000;
interface Found {
  readonly imported: Imported;
  readonly told: readonly Told[];
  readonly statuses: readonly DepartmentStatus[];
  readonly replayed: Replayed;
  readonly models: ModelProof;
}

const say = (line: string): void => screen.out(line);
const step = (what: string): void => say(`\n${colors.bold(what)}`);

/** The main job without a human: import, stories through all departments, replay, proof. */
async function demonstrate(company: PrivateInstance): Promise<Found> {
  step('1. Import the sample register 导入登记表');
  const imported = await importSampleRegister(company, say);

  step(`2. ${TIMES} times every story through the departments 案件流转`);
  const told = await tellStories(company.deskOptions(PATIENCE_MS), TIMES, AT_ONCE, ({ story, ending, seconds }) => {
    const end = ending.closed ?? 'answered';
    say(`   ${colors.green('✓')} ${ending.number}  ${story}  ${colors.dim(`${end}, round ${ending.rounds}, ${seconds.toFixed(1)} s`)}`);
  });

  step('3. Wait until every event has reached everybody 事件到齐');
  const statuses = await settled(company.desk('settle', { patienceMs: PATIENCE_MS }), SETTLE_MS);
  say(table(['department', 'events', 'published', 'in its models', 'quarantined'], statuses.map(({ department, head, relay, views, quarantined }) =>
    [department, String(head), String(relay.relayed + 1), String(views.position), String(quarantined)])));

  step('4. Replay every case from its events alone 回放');
  const replayed = await replayAll(company.desk('replay', { patienceMs: PATIENCE_MS }), told, imported);
  say(`   ${replayed.cases} cases, ${replayed.events} events; ${replayed.wrong.length === 0 ? 'each ends where it was left' : replayed.wrong.join('; ')}`);

  step('5. Compute every read model again and compare 重建比对');
  const models = await modelsEqualAReplay(company.desk('proof', { patienceMs: PATIENCE_MS }));
  say(`   ${models.models} models, ${models.rows} rows; ${models.unequal.length === 0 ? 'all equal to a replay' : `unequal: ${models.unequal.join(', ')}`}`);
  return { imported, told, statuses, replayed, models };
}

/** The last line, for programs. `lost` counts everything acknowledged that is missing anywhere. */
function verdict({ imported, told, statuses, replayed, models }: Found, seconds: number) {
  const quarantined = statuses.reduce((sum, one) => sum + one.quarantined, 0);
  const unaccounted = imported.read - imported.imported - imported.repeated - imported.refused;
  const closed = told.filter(({ ending }) => ending.closed !== null).length;
  return {
    departments: statuses.filter(({ department, head }) => department !== 'registry' && head > 0).length,
    imported: imported.imported, refused: imported.refused, cases: imported.imported + told.length,
    events: statuses.reduce((sum, { head }) => sum + head, 0), closed,
    reopened: told.reduce((sum, { ending }) => sum + Math.max(0, ending.rounds - 1), 0),
    lost: quarantined + unaccounted + replayed.missing + replayed.wrong.length + models.unequal.length,
    seconds: Number(seconds.toFixed(1)),
  };
}

const began = Date.now();
let company: PrivateInstance | null = null;
let lost = 1;
const stopEarly = (): void => { void company?.stop().finally(() => process.exit(130)); };
process.once('SIGINT', stopEarly);
process.once('SIGTERM', stopEarly);
try {
  say(colors.bold(`Aftercare demo: a private company with ${DEPARTMENTS.length} departments on free ports 售后演示`));
  company = await PrivateInstance.start((progress) => {
    if (progress.kind === 'ready') say(`   ${progress.service} ready after ${(progress.elapsedMs / 1000).toFixed(1)} s`);
    if (progress.kind === 'crashed') say(`   ${progress.service} ended (${progress.how}) and is started again`);
  });
  const found = await demonstrate(company);
  const last = verdict(found, (Date.now() - began) / 1000);
  ({ lost } = last);
  say(`\n${last.lost === 0 ? colors.green('Nothing was lost.') : colors.red(`${last.lost} things are missing or wrong.`)} 案件 ${last.cases}, 事件 ${last.events}, 结案 ${last.closed}, 重开 ${last.reopened}`);
  await company.stop();
  company = null;
  say(JSON.stringify(last));
} catch (error) {
  process.stderr.write(`aftercare demo: ${error instanceof Error ? error.message : String(error)}\n`);
} finally {
  await company?.stop();
}
process.exit(lost === 0 ? 0 : 1);
