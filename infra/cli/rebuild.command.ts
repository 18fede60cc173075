import { Option } from 'commander';
import type { RegisterCommand } from './register-command.js';
import { connect, type Connection } from './connection.js';
import { withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { namedDepartments } from './tail/position.js';
import type { Terminal } from './terminal.js';
import { elapsed } from './time.js';

/** Answer of POST /operations/rebuild and /operations/rollback: what was folded and whether the rows before and after agree. */
export interface RebuildAnswer {
  readonly position?: number;
  readonly events?: number;
  readonly seconds?: number;
  readonly compared?: readonly { readonly view?: string; readonly same?: boolean }[];
}

interface Options {
  readonly data?: string;
  readonly json?: boolean;
  readonly rollback?: boolean;
  readonly discard?: boolean;
}

const MAY_TAKE_MS = 3_600_000;
const STILL_AT_IT_MS = 2_000;

export const rebuildCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('rebuild <service>'))
    .description("compute a department's read models again from its log, beside the live ones; or go back to those before")
    .option('--rollback', 'go back to the read models that the last rebuild or version replaced')
    .addOption(new Option('--discard', 'give up what is kept for a rollback, and its disk space').conflicts('rollback'))
    .option('--json', 'for programs')
    .addHelpText('after', '\nExamples:\n  aftercare rebuild intake\n  aftercare rebuild intake --rollback\n  aftercare rebuild surveys --json')
    .action(async (service: string, options: Options) => {
      const [department = service] = namedDepartments([service]);
      const connection = connect(options, 'operator');
      if (options.discard) return discard(department, connection, terminal, options);
      const answer = await switched(department, options.rollback ? 'rollback' : 'rebuild', connection, terminal);
      const report = options.rollback ? rollbackReport : rebuildReport;
      terminal.out(options.json ? JSON.stringify(answer) : report(service, answer));
      const wrong = differing(answer);
      // After a rollback a difference is what it was for.
      if (wrong.length > 0 && !options.rollback) {
        throw new CliFailure(EXIT.failed, `the rows before the rebuild were wrong in ${wrong.join(', ')}; they are right now. Report this with the logs of ${service}.`);
      }
    });
};

async function discard(department: string, connection: Connection, terminal: Terminal, { json }: Options): Promise<void> {
  const response = await connection.request(`/${department}/operations/rollback/discard`, { method: 'POST' });
  const answer = await response.json() as { discarded?: number };
  terminal.out(json ? JSON.stringify(answer) : `${department} gave up ${answer.discarded ?? 0} kept read models.`);
}

async function switched(department: string, what: 'rebuild' | 'rollback', connection: Connection, terminal: Terminal): Promise<RebuildAnswer> {
  const { head } = await connection.get<{ head: number }>(`/${department}/operations/status`);
  terminal.err(what === 'rebuild'
    ? `Rebuilding ${department} from ${head} events beside the live rows, which go on answering …`
    : `Bringing the kept read models of ${department} level with ${head} events; the live rows go on answering …`);
  const began = Date.now();
  const beat = setInterval(() => {
    progressOf(department, connection).then((far) => { terminal.err(`… ${elapsed(Date.now() - began)}${far}`); }, () => undefined);
  }, STILL_AT_IT_MS);
  try {
    const response = await connection.request(`/${department}/operations/${what}`, { method: 'POST', signal: AbortSignal.timeout(MAY_TAKE_MS) });
    return await response.json() as RebuildAnswer;
  } finally {
    clearInterval(beat);
  }
}

async function progressOf(department: string, connection: Connection): Promise<string> {
  const { views } = await connection.get<{ views?: { rebuilding?: { done: number; of: number } } }>(`/${department}/operations/status`);
  return views?.rebuilding ? `, ${views.rebuilding.done} of ${views.rebuilding.of} events` : '';
}

function differing({ compared = [] }: RebuildAnswer): string[] {
  return compared.filter(({ same }) => same === false).map(({ view }) => view ?? 'a view');
}

function rebuildReport(service: string, answer: RebuildAnswer): string {
  if (answer.events === undefined) return `${service} is rebuilt.`;
  const rate = answer.seconds ? `, ${Math.round(answer.events / answer.seconds)} events/s` : '';
  const views = answer.compared ? `; ${answer.compared.length} read models compared` : '';
  return `${service} is rebuilt from ${answer.events} events in ${(answer.seconds ?? 0).toFixed(1)} s${rate}${views}.`;
}

function rollbackReport(service: string, answer: RebuildAnswer): string {
  const different = differing(answer);
  const verdict = different.length > 0 ? ` They differ from what was live in ${different.join(', ')}.` : ' They are equal to what was live.';
  return `${service} is back on the read models kept so far, level at event ${answer.position ?? '?'} after ${answer.events ?? '?'} that they had missed.${verdict}`;
}
