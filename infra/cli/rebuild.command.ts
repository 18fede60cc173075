import type { RegisterCommand } from './register-command.js';
import { connect, type Connection } from './connection.js';
import { withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { namedDepartments } from './tail/position.js';
import type { Terminal } from './terminal.js';
import { elapsed } from './time.js';

/** Answer of POST /operations/rebuild: what was folded and whether the rows before and after agree. */
export interface RebuildAnswer {
  readonly events?: number;
  readonly seconds?: number;
  readonly compared?: readonly { readonly view?: string; readonly same?: boolean }[];
}

const MAY_TAKE_MS = 3_600_000;
const STILL_AT_IT_MS = 2_000;

export const rebuildCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('rebuild <service>'))
    .description("compute a department's read models again from its log, beside the live ones")
    .option('--json', 'for programs')
    .addHelpText('after', '\nExamples:\n  aftercare rebuild intake\n  aftercare rebuild surveys --json')
    .action(async (service: string, options: { data?: string; json?: boolean }) => {
      const [department] = namedDepartments([service]);
      const connection = connect(options, 'operator');
      const answer = await rebuilt(department as string, connection, terminal);
      terminal.out(options.json ? JSON.stringify(answer) : rebuildReport(service, answer));
      const wrong = differing(answer);
      if (wrong.length > 0) throw new CliFailure(EXIT.failed, `the rows before the rebuild were wrong in ${wrong.join(', ')}; they are right now. Report this with the logs of ${service}.`);
    });
};

async function rebuilt(department: string, connection: Connection, terminal: Terminal): Promise<RebuildAnswer> {
  const { head } = await connection.get<{ head: number }>(`/${department}/operations/status`);
  terminal.err(`Rebuilding ${department} from ${head} events beside the live rows, which go on answering …`);
  const began = Date.now();
  const beat = setInterval(() => terminal.err(`… ${elapsed(Date.now() - began)}`), STILL_AT_IT_MS);
  try {
    const response = await connection.request(`/${department}/operations/rebuild`, { method: 'POST', signal: AbortSignal.timeout(MAY_TAKE_MS) });
    return await response.json() as RebuildAnswer;
  } finally {
    clearInterval(beat);
  }
}

function differing({ compared = [] }: RebuildAnswer): string[] {
  return compared.filter(({ same }) => same === false).map(({ view }) => view ?? 'a view');
}

export function rebuildReport(service: string, answer: RebuildAnswer): string {
  if (answer.events === undefined) return `${service} is rebuilt.`;
  const rate = answer.seconds ? `, ${Math.round(answer.events / answer.seconds)} events/s` : '';
  const views = answer.compared ? `; ${answer.compared.length} read models compared` : '';
  return `${service} is rebuilt from ${answer.events} events in ${(answer.seconds ?? 0).toFixed(1)} s${rate}${views}.`;
}
