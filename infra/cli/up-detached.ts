import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { livePid, LAUNCHER } from '../launcher/pid-file.js';
import type { PortChoice } from '../launcher/ports.js';
import { projectRoot } from '../launcher/project-root.js';
import { readRunState, type RunState } from '../launcher/run-state.js';
import { CliFailure, EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';
import { whereEverythingIs } from './where-everything-is.js';

/** Starts a launcher of its own session, shows what it says until all are ready, and leaves it running. */
export async function upDetached(dataDir: string, ports: PortChoice, terminal: Terminal): Promise<void> {
  const running = readRunState(dataDir);
  if (running?.readyAt && livePid(dataDir, LAUNCHER) === running.launcherPid) {
    terminal.out(whereEverythingIs(running, null, true));
    return;
  }
  const began = Date.now();
  const logFile = join(dataDir, 'logs', 'launcher.log');
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const child = spawnLauncher(dataDir, ports, logFile);
  const state = await readyOrGone(dataDir, child, () => tellNews(logFile, terminal));
  if (!state) throw new CliFailure(EXIT.failed, `it did not start; what it said is above and in ${logFile}.`);
  child.unref();
  terminal.out(`\n${whereEverythingIs(state, Date.now() - began, true)}`);
}

function spawnLauncher(dataDir: string, ports: PortChoice, logFile: string): ChildProcess {
  const log = openSync(logFile, 'w');
  const script = join(projectRoot(), 'infra', 'launcher', 'aftercare.mjs');
  const child = spawn(process.execPath, [script, 'up', '--data', dataDir, '--ports', ports], {
    detached: true, stdio: ['ignore', log, log], env: { ...process.env, AFTERCARE_DETACHED: '1' },
  });
  closeSync(log);
  return child;
}

async function readyOrGone(dataDir: string, child: ChildProcess, onBeat: () => void): Promise<RunState | null> {
  for (;;) {
    onBeat();
    const state = readRunState(dataDir);
    if (state?.readyAt && state.launcherPid === child.pid && livePid(dataDir, LAUNCHER) === child.pid) return state;
    if (child.exitCode !== null || child.signalCode !== null) {
      onBeat();
      return null;
    }
    await pause(100);
  }
}

const shown = new Map<string, number>();

/** Passes on the whole lines that are new since the last call; the closing summary is printed by this process itself. */
function tellNews(logFile: string, terminal: Terminal): void {
  const text = readFileSync(logFile, 'utf8');
  const from = shown.get(logFile) ?? 0;
  const to = text.lastIndexOf('\n');
  if (to < from) return;
  shown.set(logFile, to + 1);
  const news = text.slice(from, to).split('\nAftercare runs')[0]?.trim();
  if (news) terminal.err(news);
}
