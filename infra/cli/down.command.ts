import { setTimeout as pause } from 'node:timers/promises';
import { clearLeftovers, LAUNCHER, livePid, readPid, removePid, stillRuns } from '../launcher/pid-file.js';
import { removeRunState } from '../launcher/run-state.js';
import type { RegisterCommand } from './register-command.js';
import { dataFolderOf, withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';

const LAUNCHER_MAY_TAKE_MS = 60_000;
const LEFTOVER_GRACE_MS = 5_000;

export const downCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('down'))
    .description('stop everything that was started from the data folder')
    .addHelpText('after', '\nExamples:\n  aftercare down\n  aftercare down --data /srv/aftercare')
    .action(async (options: { data?: string }) => {
      const dataDir = dataFolderOf(options);
      terminal.out(downReport(await endLauncher(dataDir), await clearUp(dataDir), dataDir));
    });
};

export function downReport(launcherEnded: boolean, leftovers: readonly string[], dataDir: string): string {
  if (launcherEnded) return 'Aftercare has stopped.';
  if (leftovers.length > 0) return `Its launcher had been killed; ended what it left running: ${leftovers.join(', ')}.`;
  return `Nothing runs from ${dataDir}.`;
}

/** @returns false when no launcher runs */
async function endLauncher(dataDir: string): Promise<boolean> {
  const record = readPid(dataDir, LAUNCHER);
  const pid = livePid(dataDir, LAUNCHER);
  if (!record || pid === null) return false;
  process.kill(pid, 'SIGTERM');
  const asked = Date.now();
  while (stillRuns(record)) {
    if (Date.now() - asked > LAUNCHER_MAY_TAKE_MS) {
      throw new CliFailure(EXIT.failed, `the launcher (pid ${pid}) does not end: look into ${dataDir}/logs, then end it with \`kill -9 ${pid}\` and repeat.`);
    }
    await pause(50);
  }
  return true;
}

async function clearUp(dataDir: string): Promise<string[]> {
  const leftovers = await clearLeftovers(dataDir, LEFTOVER_GRACE_MS);
  removePid(dataDir, LAUNCHER);
  removeRunState(dataDir);
  return leftovers;
}
