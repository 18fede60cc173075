import { startAll } from '../launcher/start-all.js';
import type { PortChoice } from '../launcher/ports.js';
import type { RegisterCommand } from './register-command.js';
import { dataFolderOf, withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';
import { upDetached } from './up-detached.js';
import { progressScreen } from './up-screen.js';
import { whereEverythingIs } from './where-everything-is.js';

interface UpOptions {
  readonly data?: string;
  readonly detach?: boolean;
  readonly ports: string;
}

export const upCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('up'))
    .description('start everything: message bus, departments, gateway')
    .option('-d, --detach', 'return when all are ready and leave it running')
    .option('--ports <choice>', '"usual" (4300 and following while free) or "free" (any)', 'usual')
    .addHelpText('after', '\nExamples:\n  aftercare up\n  aftercare up --detach --data /srv/aftercare\n  aftercare up --ports free')
    .action(async (options: UpOptions) => {
      const dataDir = dataFolderOf(options);
      const ports = portChoice(options.ports);
      if (options.detach) await upDetached(dataDir, ports, terminal);
      else await upInFront(dataDir, ports, terminal);
    });
};

function portChoice(text: string): PortChoice {
  if (text === 'usual' || text === 'free') return text;
  throw new CliFailure(EXIT.usage, `--ports is "usual" or "free", not "${text}".`);
}

/** Runs until a signal ends it. */
async function upInFront(dataDir: string, ports: PortChoice, terminal: Terminal): Promise<void> {
  const began = Date.now();
  const { state, stop } = await startAll({ dataDir, ports, onProgress: progressScreen(terminal), onSignal: 0 });
  terminal.out(`\n${whereEverythingIs(state, Date.now() - began, false)}\n`);
  stopWithParent(stop);
  await new Promise<never>(() => undefined);
}

/** Closing the window or killing `npm start` may reach nobody else; a changed parent is how it shows. */
function stopWithParent(stop: () => Promise<void>): void {
  const parent = process.ppid;
  // A detached start and an init system have no parent to watch.
  if (parent === 1 || process.env['AFTERCARE_DETACHED']) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop().then(() => process.exit(EXIT.ok), () => process.exit(EXIT.failed));
  }, 1_000);
}
