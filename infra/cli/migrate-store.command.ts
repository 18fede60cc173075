import { join } from 'node:path';
import { AlreadyBeingWritten, migrateStore, openStore, verifyLog, type EventStore, type MigrationProgress, type MigrationReport } from 'aftercare/event-store';
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
  readonly to: string;
}

const TELL_EVERY_MS = 1_000;
const WHAT: Readonly<Record<MigrationProgress['phase'], string>> = { events: 'events copied', receipts: 'receipts copied', proof: 'events compared' };

export const migrateStoreCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('migrate-store'))
    .description("copy a department's log to another engine byte for byte, and prove it")
    .requiredOption('--department <name>', 'whose log; its service must be stopped')
    .option('--from <setting>', 'engine it is in: sqlite, sqlite:<folder>, postgres://… or kurrentdb://…', 'sqlite')
    .requiredOption('--to <setting>', 'engine it goes to, empty there or left by an interrupted copy')
    .addHelpText('after', [
      '', 'Examples:', '  aftercare migrate-store --department quality --to postgres://aftercare@db.example/quality',
      '  aftercare migrate-store --department quality --to sqlite:/mnt/fast/quality', '',
      'An interrupted copy goes on where it stopped. Until it is complete and proven, no service opens it.',
      'The last line is JSON: {"events","receipts","sha256","same","seconds"}. Exit code 1 when the copies differ.',
    ].join('\n'))
    .action(async (options: MigrateOptions) => {
      const [department] = namedDepartments([options.department]) as [string];
      const began = performance.now();
      const { same, from, to } = await migrated(department, options, terminal);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      terminal.out(JSON.stringify({ events: to.events, receipts: to.receipts, sha256: to.eventsSha256, same, seconds, ...(!same && { from, to }) }));
      if (!same) throw new CliFailure(EXIT.failed, 'the copies differ, and no service will open the new one: throw it away and copy again; go on with the old engine.');
      terminal.err(`Both are the same. Set AFTERCARE_STORE_${department.toUpperCase()} to the new engine before the next start, and keep the old log where no service finds it.`);
    });
};

async function migrated(department: string, options: MigrateOptions, terminal: Terminal): Promise<MigrationReport> {
  const data = dataFolderOf(options);
  if (options.from === options.to) throw new CliFailure(EXIT.usage, '--from and --to name the same place.');
  if (livePid(data, department) !== null) throw new CliFailure(EXIT.refused, `${department} runs: stop it first with \`aftercare down\`, because what it recorded meanwhile would stay behind.`);
  const dataDir = join(data, department);
  const from = await opened(options.from, { log: department, dataDir });
  try {
    const to = await opened(options.to, { log: department, dataDir, forTransfer: true });
    try {
      await requireSound(from, terminal);
      return await migrateStore(from, to, teller(terminal)).catch(explained);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function opened(...given: Parameters<typeof openStore>): Promise<EventStore> {
  try {
    return await openStore(...given);
  } catch (error) {
    if (error instanceof AlreadyBeingWritten) throw new CliFailure(EXIT.refused, `${error.message}: a service still runs on it.`);
    throw new CliFailure(EXIT.failed, `the log cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function explained(error: unknown): never {
  throw new CliFailure(EXIT.failed, `the copy cannot go on: ${error instanceof Error ? error.message : String(error)}. Run it again, or throw the new log away and start over.`);
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
