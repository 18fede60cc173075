import colors from 'picocolors';
import { GATEWAY } from '../launcher/departments.js';
import { LAUNCHER, livePid } from '../launcher/pid-file.js';
import { askReady } from '../launcher/readiness.js';
import { readRunState, type RunState } from '../launcher/run-state.js';
import { withoutCredentials } from '../nats/without-credentials.js';
import type { RegisterCommand } from './register-command.js';
import { connect } from './connection.js';
import { dataFolderOf, withDataFolder } from './data-folder.js';
import { departmentNumbers, type DepartmentNumbers } from './department-numbers.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { policyEndInWords } from './policy/policy-end.js';
import { plain, table } from './table.js';
import { age, elapsed } from './time.js';
import { departmentName } from './where-everything-is.js';

export interface ServiceStatus {
  readonly service: string;
  readonly url: string;
  /** Null when its process is gone. */
  readonly pid: number | null;
  readonly ready: boolean;
  readonly why: string;
  /** Absent when it did not tell. */
  readonly numbers?: DepartmentNumbers;
}

export const statusCommand: RegisterCommand = (program, terminal, exit) => {
  withDataFolder(program.command('status'))
    .description('what runs and whether it is ready')
    .option('--json', 'for programs')
    .addHelpText('after', '\nExamples:\n  aftercare status\n  aftercare status --json\n\nExit code 0 when all are ready, 3 when a part is not, 5 when nothing runs.')
    .action(async (options: { data?: string; json?: boolean }) => {
      const dataDir = dataFolderOf(options);
      const state = readRunState(dataDir);
      if (!state || livePid(dataDir, LAUNCHER) === null) {
        throw new CliFailure(EXIT.notRunning, `nothing runs from ${dataDir}: start it with \`aftercare up\`${state ? ', which also clears up after the killed launcher' : ''}.`);
      }
      const numbers = await departmentNumbers(connect(options, 'auditor'), Object.keys(state.services).filter((name) => name !== GATEWAY));
      const services = await Promise.all(Object.entries(state.services).map(async ([service, url]) => ({ ...await look(dataDir, service, url), numbers: numbers.get(service) })));
      terminal.out(options.json ? JSON.stringify({ ...publicPart(state), services }) : statusTable(state, services, Date.now()));
      if (services.some(({ ready }) => !ready)) exit(EXIT.partlyUnavailable);
    });
};

async function look(dataDir: string, service: string, url: string): Promise<ServiceStatus> {
  const pid = livePid(dataDir, service);
  const { ready, why } = await askReady(url);
  return { service, url, pid, ready: ready && pid !== null, why: pid === null ? 'its process is gone; the launcher starts it again' : why };
}

function publicPart({ dataDir, startedAt, readyAt, gatewayUrl, natsUrl }: RunState): object {
  return { dataDir, startedAt, readyAt, gatewayUrl, natsUrl: withoutCredentials(natsUrl) };
}

export function statusTable(state: RunState, services: readonly ServiceStatus[], now: number): string {
  const rows = services.map(({ service, url, pid, ready, why, numbers }) => [
    departmentName(service), ready ? stateOf(numbers) : colors.red(why),
    String(numbers?.events ?? '-'), alarming(numbers?.lag), alarming(numbers?.quarantined), openOf(numbers, now), url, pid === null ? '-' : String(pid),
  ]);
  return [
    `Running for ${elapsed(now - Date.parse(state.startedAt))} from ${state.dataDir}`, '',
    table(['Service', 'State', 'Events', 'Lag', 'Quarantined', 'Open decisions', 'Address', 'Pid'], rows), ...policyEnds(services),
  ].join('\n');
}

/** `3, oldest 2 d 4 h`: what `aftercare policy open` lists. */
function openOf(numbers: DepartmentNumbers | undefined, now: number): string {
  const waiting = numbers?.openDecisions;
  if (!waiting) return '-';
  return waiting.oldestSince === null ? String(waiting.open) : colors.yellow(`${waiting.open}, oldest ${age(Math.max(0, now - Date.parse(waiting.oldestSince)))}`);
}

/** Departments decide by the same policy, but for the moment in which an adoption arrives: each sentence once, with whom it is about. */
function policyEnds(services: readonly ServiceStatus[]): readonly string[] {
  const about = new Map<string, string[]>();
  for (const { service, numbers } of services) {
    const said = numbers?.policy ? policyEndInWords(numbers.policy) : null;
    if (said !== null) about.set(said, [...about.get(said) ?? [], service]);
  }
  return [...about].flatMap(([said, names]) => ['', `${colors.red('Policy')} (${names.join(', ')}): ${said}`]);
}

function stateOf(numbers: DepartmentNumbers | undefined): string {
  const setBack = numbers?.setBack ?? [];
  if (setBack.length > 0) return colors.red(`the log of ${setBack.join(', ')} was set back`);
  const [waitsFor] = numbers?.waitsFor ?? [];
  return waitsFor === undefined ? colors.green('ready') : colors.yellow(`waits: ${plain(waitsFor)}`);
}

function alarming(count: number | undefined): string {
  if (count === undefined) return '-';
  return count > 0 ? colors.red(String(count)) : String(count);
}
