import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEPARTMENTS } from '../launcher/departments.js';
import { livePid } from '../launcher/pid-file.js';
import { ensureIdentities } from '../nats/identities.js';
import type { RegisterCommand } from './register-command.js';
import { busAddress, identitiesOf, withBusOptions, type BusOptions } from './bus/bus-address.js';
import type { StreamRow } from './bus/bus-rows.js';
import { dataFolderOf, withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { table } from './table.js';
import { departmentName } from './where-everything-is.js';

interface ProvisionOptions extends BusOptions {
  readonly watch?: boolean;
  readonly replicas?: string;
}

export const busCommand: RegisterCommand = (program, terminal, exit) => {
  const group = program.command('bus').description('the message bus: identities, streams, consumers');

  withBusOptions(group.command('config'))
    .description('what a NATS server of your own has to know: public keys and permissions; makes the seeds that are missing')
    .option('--out <file>', 'write it there, to be included by nats.conf')
    .addHelpText('after', '\nExamples:\n  aftercare bus config > authorization.conf\n  aftercare bus config --identities /etc/aftercare/identities --out /etc/nats/aftercare.conf')
    .action(async (options: BusOptions & { out?: string }) => {
      const { authorizationBlock, IDENTITIES } = await guard();
      const folder = identitiesOf(options);
      const block = authorizationBlock(ensureIdentities(folder, IDENTITIES));
      if (options.out) writeFileSync(options.out, `${block}\n`);
      else terminal.out(block);
      terminal.err(`The seeds are in ${folder}: give every service its own file and nobody else's.`);
    });

  withBusOptions(group.command('provision'))
    .description('make the streams and consumers on the NATS that NATS_URL names')
    .option('--watch', 'go on looking, and make again what is lost; Ctrl-C ends')
    .option('--replicas <n>', 'how many servers of a cluster keep every stream: 1, 3 or 5')
    .addHelpText('after', '\nExamples:\n  NATS_URL=nats://a:4222,nats://b:4222,nats://c:4222 aftercare bus provision --watch --replicas 3')
    .action(async (options: ProvisionOptions) => {
      const replicas = replicasOf(options.replicas);
      const { Provisioner } = await import('../nats/provisioner.js');
      const failing = (why: string): void => terminal.err(`aftercare: streams and consumers cannot be made: ${why}`);
      const provisioner = new Provisioner({ ...busAddress(options, 'provisioner'), failing, ...(replicas !== undefined && { replicas }) });
      try {
        if (options.watch) await watching(provisioner);
        else await provisioner.provision().catch((error: Error) => { throw new CliFailure(EXIT.failed, `streams and consumers cannot be made: ${error.message}`); });
      } finally {
        await provisioner.close();
      }
      terminal.out('Streams and consumers are there.');
    });

  withBusOptions(group.command('status'))
    .description('streams, who listens to them, and what waits')
    .option('--json', 'for programs')
    .addHelpText('after', '\nExamples:\n  aftercare bus status\n  aftercare bus status --json')
    .action(async (options: BusOptions & { json?: boolean }) => {
      const rows = await statusRows(options);
      terminal.out(options.json ? JSON.stringify(rows) : statusTable(rows));
      if (rows.some(({ messages }) => messages === null)) exit(EXIT.partlyUnavailable);
    });

  withDataFolder(group.command('rotate <identity>'))
    .description('a new seed for one identity of the running instance; its old one is refused from then on')
    .addHelpText('after', '\nExamples:\n  aftercare bus rotate intake')
    .action(async (identity: string, options: { data?: string }) => {
      const { IDENTITIES } = await guard();
      if (!IDENTITIES.includes(identity)) throw new CliFailure(EXIT.usage, `there is no identity ${identity}; there are ${IDENTITIES.join(', ')}.`);
      const dataDir = dataFolderOf(options);
      const pid = livePid(dataDir, 'nats');
      if (pid === null) throw new CliFailure(EXIT.notRunning, `no NATS of its own runs from ${dataDir}; for another one see docs/operations/bus.md.`);
      const { rotateSeed } = await import('../nats/rotation.js');
      terminal.out(`${identity} is now ${rotateSeed(join(dataDir, 'nats'), identity, pid)}.`);
    });
};

/** Loaded when needed, because it brings the messaging library along and most commands never touch the bus. */
async function guard(): Promise<Pick<typeof import('../nats/authorization.js'), 'authorizationBlock'> & Pick<typeof import('../nats/permissions.js'), 'IDENTITIES'>> {
  const { IDENTITIES } = await import('../nats/permissions.js');
  const { authorizationBlock } = await import('../nats/authorization.js');
  return { authorizationBlock, IDENTITIES };
}

function replicasOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (['1', '3', '5'].includes(text)) return Number(text);
  throw new CliFailure(EXIT.usage, `--replicas is 1, 3 or 5, not "${text}".`);
}

async function watching(provisioner: { start(): void }): Promise<void> {
  provisioner.start();
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

async function statusRows(options: BusOptions): Promise<readonly StreamRow[]> {
  const { servers, seedFile } = busAddress(options, 'operator');
  const { connectOnce } = await import('aftercare/messaging');
  const { busRows } = await import('./bus/bus-rows.js');
  const connection = await connectOnce({ servers, name: 'operator', ...(seedFile !== undefined && { nkeyFile: seedFile }) })
    .catch((error: Error) => { throw new CliFailure(EXIT.notRunning, `the bus lets nobody in: ${error.message}.`); });
  try {
    return await busRows(connection);
  } finally {
    await connection.close();
  }
}

export function statusTable(rows: readonly StreamRow[]): string {
  const inOrder = DEPARTMENTS.flatMap((name) => rows.filter(({ department }) => department === name));
  return table(['Stream of', 'Messages', 'Replicas', 'Listening: waiting, unacknowledged'], inOrder.map(({ department, messages, replicas, level, consumers }) => [
    departmentName(department), messages === null ? 'missing' : String(messages), messages === null ? '-' : `${level}/${replicas}`,
    consumers.map(({ listener, waiting, unacknowledged }) => `${listener} ${waiting}, ${unacknowledged}`).join('; '),
  ]));
}
