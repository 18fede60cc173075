import type { Command } from 'commander';
import { caseListCommand } from './case-list.command.js';
import { caseShowCommand } from './case-show.command.js';
import { downCommand } from './down.command.js';
import type { ExitCode } from './exit-codes.js';
import { importCommand } from './import.command.js';
import { quarantineCommand } from './quarantine.command.js';
import { rebuildCommand } from './rebuild.command.js';
import { replayCommand } from './replay.command.js';
import { statusCommand } from './status.command.js';
import { tailCommand } from './tail.command.js';
import type { Terminal } from './terminal.js';
import { tokenCommand } from './token.command.js';
import { upCommand } from './up.command.js';

/** Adds one command to the program. `exit` sets a code other than 0 without an error line. */
export type RegisterCommand = (program: Command, terminal: Terminal, exit: (code: ExitCode) => void) => void;

/** Every command, in the order of the help; adding one is one line. */
export const COMMANDS: readonly RegisterCommand[] = [
  upCommand,
  downCommand,
  statusCommand,
  tokenCommand,
  importCommand,
  caseListCommand,
  caseShowCommand,
  replayCommand,
  tailCommand,
  rebuildCommand,
  quarantineCommand,
];
