import type { RegisterCommand } from './register-command.js';
import { connect, type Connection } from './connection.js';
import { withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { DepartmentUnavailable } from './problem.js';
import { plain, table } from './table.js';
import { namedDepartments } from './tail/position.js';
import { onBusinessClock } from './time.js';

interface Entry {
  readonly source: string;
  readonly index: number;
  readonly type: string;
  readonly reason: string;
  /** UTC instant. */
  readonly at: string;
}

export const quarantineCommand: RegisterCommand = (program, terminal, exit) => {
  const group = program.command('quarantine').description('messages that no reaction could deal with');
  withDataFolder(group.command('list'))
    .description('what is in quarantine, and why')
    .option('--department <name>', 'only this one')
    .addHelpText('after', '\nExamples:\n  aftercare quarantine list\n  aftercare quarantine list --department quality')
    .action(async (options: { data?: string; department?: string }) => {
      const connection = connect(options, 'operator');
      const departments = namedDepartments(options.department ? [options.department] : []);
      const found = await Promise.all(departments.map((department) => entriesOf(department, connection)));
      const rows = found.flatMap((entries, place) => (entries ?? []).map((entry) => rowOf(departments[place] as string, entry)));
      terminal.out(rows.length > 0 ? table(['Department', 'Source', 'Index', 'Type', 'Since', 'Reason'], rows) : 'Nothing is in quarantine.');
      const away = departments.filter((_, place) => found[place] === null);
      if (away.length === 0) return;
      terminal.err(`aftercare: incomplete: ${away.join(', ')} did not answer.`);
      exit(EXIT.partlyUnavailable);
    });
  withDataFolder(group.command('retry <department> <source> <index>'))
    .description('try one of them again, after its cause was put right')
    .addHelpText('after', '\nExamples:\n  aftercare quarantine retry quality intake 42')
    .action(async (name: string, source: string, index: string, options: { data?: string }) => {
      const [department = ''] = namedDepartments([name]);
      if (!/^\d{1,15}$/.test(index)) throw new CliFailure(EXIT.usage, `INDEX is a number as \`aftercare quarantine list\` shows it, not "${index}".`);
      const path = `/${department}/operations/quarantine/${encodeURIComponent(source)}/${index}/retry`;
      const response = await connect(options, 'operator').request(path, { method: 'POST' });
      const { outcome, reason = '' } = await response.json() as { outcome: string; reason?: string };
      if (outcome !== 'done') throw new CliFailure(EXIT.failed, `${department} still cannot deal with it: ${plain(reason)} — put the cause right and repeat.`);
      terminal.out(`${department} has dealt with ${source} ${index}; it is out of quarantine.`);
    });
};

/** Null when the department is away. */
async function entriesOf(department: string, connection: Connection): Promise<readonly Entry[] | null> {
  try {
    return (await connection.get<{ items: readonly Entry[] }>(`/${department}/operations/quarantine`)).items;
  } catch (error) {
    if (error instanceof DepartmentUnavailable) return null;
    throw error;
  }
}

function rowOf(department: string, { source, index, type, reason, at }: Entry): string[] {
  return [department, plain(source), String(index), plain(type), onBusinessClock(at), plain(reason)];
}
