import { join } from 'node:path';
import { AlreadyBeingWritten, migrateStore, openStore, placeOf, verifyLog, type EventStore, type MigrationProgress, type MigrationReport } from 'aftercare/event-store';
import { livePid } from '../launcher/pid-file.js';
import type { RegisterCommand } from './register-command.js';
import { dataFolderOf, withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { namedDepartments } from './tail/position.js';
import type { Terminal } from './terminal.js';

interface MigrateOptions {
  readonly data?: string;
  readonly department: string;
  readonly from: string;
  readonly to?: string;
  readonly giveUp?: boolean;
}

const TELL_EVERY_MS = 1_000;
const WHAT: Readonly<Record<MigrationProgress['phase'], string>> = { events: 'events copied', receipts: 'receipts copied', proof: 'events compared' };

export const migrateStoreCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('migrate-store'))
    .description("copy a department's log to another engine byte for byte, and prove it")
    .requiredOption('--department <name>', 'whose log; its service must be stopped')
    .option('--from <setting>', 'engine it is in: sqlite, sqlite:<folder>, postgres://…, kurrentdb://… or env:<variable that holds one>', 'sqlite')
    .option('--to <setting>', 'engine it goes to: empty there, left by an interrupted copy, or what it moved away from before')
    .option('--give-up', 'end a move that did not complete: the log at --from is opened for work again')
    .addHelpText('after', [
      '', 'Examples:', '  aftercare migrate-store --department quality --to env:QUALITY_TARGET',
      '  aftercare migrate-store --department quality --to sqlite:/mnt/fast/quality',
      '  aftercare migrate-store --department quality --from sqlite --give-up', '',
      'A setting with a password belongs into a variable: the command line is seen by everybody on the machine.',
      'From the beginning of the copy the old log takes nothing more. An interrupted move goes on where it stopped. Until it is',
      'complete and proven no service opens the new log, and afterwards none opens the old one. PostgreSQL: give the url of the owner.',
      'The last line is JSON: {"events","receipts","sha256","same","seconds"}. Exit code 1 when the copies differ.',
    ].join('\n'))
    .action(async (options: MigrateOptions) => {
      const [department] = namedDepartments([options.department]) as [string];
      if (options.giveUp) return givenUp(department, options, terminal);
      const began = performance.now();
      const { same, from, to } = await migrated(department, options, terminal);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      terminal.out(JSON.stringify({ events: to.events, receipts: to.receipts, sha256: to.eventsSha256, same, seconds, ...(!same && { from, to }) }));
      if (!same) throw new CliFailure(EXIT.failed, 'the copies differ, and no service will open the new one: throw it away and copy again; go on with the old engine.');
      terminal.err(`Both are the same. Set AFTERCARE_STORE_${department.toUpperCase()} to the new engine before the next start: the old log is not opened for work any more.`);
    });
};

async function migrated(department: string, options: MigrateOptions, terminal: Terminal): Promise<MigrationReport> {
  const dataDir = stoppedFolder(department, options);
  if (options.to === undefined) throw new CliFailure(EXIT.usage, 'name the engine it goes to with --to.');
  const [source, target] = [settingOf(options.from, '--from'), settingOf(options.to, '--to')];
  const place = placeOf(target, dataDir);
  if (source === target || placeOf(source, dataDir) === place) throw new CliFailure(EXIT.usage, '--from and --to name the same place.');
  const from = await opened(source, { log: department, dataDir, forTransfer: true, namedBy: '--from' });
  try {
    const to = await opened(target, { log: department, dataDir, forTransfer: true, namedBy: '--to' });
    try {
      await requireSound(from, terminal);
      return await migrateStore(from, to, { place, onProgress: teller(terminal) }).catch((error: unknown) => explained(error, department, options.from));
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function givenUp(department: string, options: MigrateOptions, terminal: Terminal): Promise<void> {
  const dataDir = stoppedFolder(department, options);
  if (options.to !== undefined) throw new CliFailure(EXIT.usage, '--give-up goes with --from alone: what was copied is never opened by a service.');
  const from = await opened(settingOf(options.from, '--from'), { log: department, dataDir, forTransfer: true, namedBy: '--from' });
  try {
    await from.transfer().stay();
  } catch (error) {
    throw new CliFailure(EXIT.refused, `nothing was given up: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await from.close();
  }
  terminal.err('The log at --from is open for work. Throw away what was copied, or move again: no service opens it.');
}

function stoppedFolder(department: string, options: MigrateOptions): string {
  const data = dataFolderOf(options);
  if (livePid(data, department) !== null) throw new CliFailure(EXIT.refused, `${department} runs: stop it first with \`aftercare down\`, because what it recorded meanwhile would stay behind.`);
  return join(data, department);
}

/** A password on the command line stands in the list of processes. */
function settingOf(given: string, option: string): string {
  if (!given.startsWith('env:')) return given;
  const setting = process.env[given.slice('env:'.length)];
  if (!setting) throw new CliFailure(EXIT.usage, `${option} names the variable ${given.slice('env:'.length)}, which is not set.`);
  return setting;
}

async function opened(...given: Parameters<typeof openStore>): Promise<EventStore> {
  try {
    return await openStore(...given);
  } catch (error) {
    if (error instanceof AlreadyBeingWritten) throw new CliFailure(EXIT.refused, `${error.message}: a service still runs on it.`);
    throw new CliFailure(EXIT.failed, `the log cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function explained(error: unknown, department: string, from: string): never {
  const secretless = from.includes('://') ? '<the same>' : from;
  throw new CliFailure(EXIT.failed, `the copy cannot go on: ${error instanceof Error ? error.message : String(error)}. Run it again, or go on with the old engine: aftercare migrate-store --department ${department} --from ${secretless} --give-up`);
}

/** A copy of a damaged log would be proven equal to it, and the damage would then look like the record. */
async function requireSound(from: EventStore, terminal: Terminal): Promise<void> {
  const tell = everySoOften(terminal);
  const { findings } = await verifyLog(from, (done, of) => { tell(`${done} of ${of} events checked`); });
  if (findings.length > 0) throw new CliFailure(EXIT.failed, `the log is damaged and is not moved:\n  ${findings.join('\n  ')}`);
}

function teller(terminal: Terminal): (progress: MigrationProgress) => void {
  const tell = everySoOften(terminal);
  return ({ phase, done, of }) => { tell(of < 0 ? `${done} ${WHAT[phase]}` : `${done} of ${of} ${WHAT[phase]}`); };
}

function everySoOften(terminal: Terminal): (line: string) => void {
  let last = 0;
  return (line) => {
    if (Date.now() - last < TELL_EVERY_MS) return;
    last = Date.now();
    terminal.err(line);
  };
}
