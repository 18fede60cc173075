import type { Command } from 'commander';
import type { RegisterCommand } from './register-command.js';
import { connect, DEPARTMENT_ANSWERS_WITHIN_MS, type Connection } from './connection.js';
import { withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { DepartmentUnavailable } from './problem.js';
import { plain, table } from './table.js';
import { namedDepartments } from './tail/position.js';
import type { Terminal } from './terminal.js';
import { accountName } from './token.command.js';
import { elapsed, onBusinessClock } from './time.js';

interface Entry {
  readonly source: string;
  readonly index: number;
  readonly type: string;
  readonly reason: string;
  /** UTC instant. */
  readonly at: string;
  readonly ageSeconds: number;
  readonly sha256: string;
}

type Shown = Entry & { readonly text?: string; readonly base64?: string };

interface Named {
  readonly department: string;
  readonly source: string;
  readonly index: string;
}

export const quarantineCommand: RegisterCommand = (program, terminal, exit) => {
  const group = program.command('quarantine').description('messages that no reaction could deal with');
  registerList(group, terminal, exit);
  registerShow(group, terminal);
  registerRetry(group, terminal);
  registerDrop(group, terminal);
};

function registerList(group: Command, terminal: Terminal, exit: Parameters<RegisterCommand>[2]): void {
  withDataFolder(group.command('list'))
    .description('what is in quarantine, why and since when')
    .option('--department <name>', 'only this one')
    .option('--source <name>', 'only messages of this department')
    .option('--type <type>', 'only of this type')
    .addHelpText('after', '\nExamples:\n  aftercare quarantine list\n  aftercare quarantine list --department quality --source intake')
    .action(async (options: { data?: string; department?: string; source?: string; type?: string }) => {
      const connection = connect(options, 'operator');
      const departments = namedDepartments(options.department ? [options.department] : []);
      const found = await Promise.all(departments.map((department) => entriesOf(department, options, connection)));
      const rows = found.flatMap((entries, place) => (entries ?? []).map((entry) => rowOf(departments[place] as string, entry)));
      terminal.out(rows.length > 0 ? table(['Department', 'Source', 'Index', 'Type', 'Since', 'Age', 'SHA-256', 'Reason'], rows) : 'Nothing is in quarantine.');
      const away = departments.filter((_, place) => found[place] === null);
      if (away.length === 0) return;
      terminal.err(`aftercare: incomplete: ${away.join(', ')} did not answer.`);
      exit(EXIT.partlyUnavailable);
    });
}

function registerShow(group: Command, terminal: Terminal): void {
  withDataFolder(group.command('show <department> <source> <index>'))
    .description('one of them with its bytes; the personal part stays sealed')
    .addHelpText('after', '\nExamples:\n  aftercare quarantine show quality intake 42')
    .action(async (department: string, source: string, index: string, options: { data?: string }) => {
      const { text, base64 = '', ...entry } = await connect(options, 'operator').get<Shown>(pathOf({ department, source, index }));
      const lines = Object.entries(entry).map(([name, value]) => `${name}: ${plain(String(value))}`);
      terminal.out([...lines, text === undefined ? `base64: ${base64}` : plain(text)].join('\n'));
    });
}

function registerRetry(group: Command, terminal: Terminal): void {
  withDataFolder(group.command('retry <department> <source> [index]'))
    .description('try one of them again, or all of a source, after the cause was put right')
    .option('--all', 'all of this source, in the order of its log')
    .addHelpText('after', '\nExamples:\n  aftercare quarantine retry quality intake 42\n  aftercare quarantine retry quality intake --all')
    .action(async (department: string, source: string, index: string | undefined, options: { data?: string; all?: boolean }) => {
      if ((index === undefined) !== (options.all === true)) throw new CliFailure(EXIT.usage, 'name one INDEX, or --all of the source.');
      if (index === undefined) return retryAll(department, source, options, terminal);
      const response = await connect(options, 'operator').request(`${pathOf({ department, source, index })}/retry`, { method: 'POST' });
      const { outcome, reason = '' } = await response.json() as { outcome: string; reason?: string };
      if (outcome !== 'done') throw new CliFailure(EXIT.failed, `${department} still cannot deal with it: ${plain(reason)} — put the cause right and repeat.`);
      terminal.out(`${department} has dealt with ${source} ${index}; it is out of quarantine.`);
    });
}

async function retryAll(name: string, source: string, options: { data?: string }, terminal: Terminal): Promise<void> {
  const [department = ''] = namedDepartments([name]);
  const path = `/${department}/operations/quarantine/${encodeURIComponent(source)}/retry`;
  const response = await connect(options, 'operator').request(path, { method: 'POST' });
  const { done, stillFailing } = await response.json() as { done: number; stillFailing: readonly { index: number; reason: string }[] };
  terminal.out([`${department} has dealt with ${done} of ${source}.`, ...stillFailing.map(({ index, reason }) => `${index} still fails: ${plain(reason)}`)].join('\n'));
  if (stillFailing.length > 0) throw new CliFailure(EXIT.failed, `${stillFailing.length} of ${source} still cannot be dealt with — put the cause right and repeat.`);
}

function registerDrop(group: Command, terminal: Terminal): void {
  withDataFolder(group.command('drop <department> <source> <index>'))
    .description('answer with your name for never dealing with one of them; recorded for good')
    .requiredOption('--name <account>', 'your own account, which the record names')
    .requiredOption('--sha256 <digest>', 'of the message you looked at, as `quarantine show` gives it')
    .requiredOption('--reason <text>', 'why, at least ten characters')
    .addHelpText('after', '\nExamples:\n  aftercare quarantine drop quality intake 42 --name wang.min --sha256 9f86d0… --reason "供应商批号重复，已电话核实"')
    .action(async (department: string, source: string, index: string, options: { data?: string; name: string; sha256: string; reason: string }) => {
      const { sha256, reason } = options;
      const response = await connect(options, 'operator', accountName(options.name)).request(`${pathOf({ department, source, index })}/drop`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reason, sha256, meaning: 'responsible' }),
      });
      const dropped = await response.json() as { index: number };
      terminal.out(`${source} ${index} is out of quarantine; that ${options.name} answers for it is event ${dropped.index} in the log of ${department}.`);
    });
}

function pathOf({ department: name, source, index }: Named): string {
  const [department = ''] = namedDepartments([name]);
  if (!/^\d{1,15}$/.test(index)) throw new CliFailure(EXIT.usage, `INDEX is a number as \`aftercare quarantine list\` shows it, not "${index}".`);
  return `/${department}/operations/quarantine/${encodeURIComponent(source)}/${index}`;
}

/** Null when the department is away. */
async function entriesOf(department: string, { source, type }: { source?: string; type?: string }, connection: Connection): Promise<readonly Entry[] | null> {
  const filter = new URLSearchParams({ ...(source && { source }), ...(type && { type }) }).toString();
  try {
    return (await connection.get<{ items: readonly Entry[] }>(`/${department}/operations/quarantine${filter && `?${filter}`}`, DEPARTMENT_ANSWERS_WITHIN_MS)).items;
  } catch (error) {
    if (error instanceof DepartmentUnavailable) return null;
    throw error;
  }
}

function rowOf(department: string, { source, index, type, reason, at, ageSeconds, sha256 }: Entry): string[] {
  return [department, plain(source), String(index), plain(type), onBusinessClock(at), elapsed(ageSeconds * 1_000), plain(sha256).slice(0, 12), plain(reason)];
}
