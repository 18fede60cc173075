import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** Adds one command to the program. `exit` sets a code other than 0 without an error line. */
export type RegisterCommand = (program: Command, terminal: Terminal, exit: (code: ExitCode) => void) => void;
