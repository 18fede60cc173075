import { Command, CommanderError } from 'commander';
import { StartFailure } from '../launcher/start-failure.js';
import { COMMANDS } from './commands.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { endQuietlyWhenPipeCloses, screen, withoutCodes, type Terminal } from './terminal.js';

/** Runs one command line. @returns the exit code */
export async function main(args: readonly string[], given: Terminal = screen): Promise<number> {
  const terminal = withoutCodes(given);
  endQuietlyWhenPipeCloses();
  const program = new Command('aftercare')
    .description('Aftercare (售后): start it, look into cases, replay them, follow events.')
    .showHelpAfterError('(aftercare COMMAND --help shows examples)')
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .exitOverride();
  let code: number = EXIT.ok;
  for (const register of COMMANDS) register(program, terminal, (exitCode) => { code = exitCode; });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  const told = (line: string, code: number): number => {
    terminal.err(`aftercare: ${line}`);
    return code;
  };
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  if (error instanceof CliFailure) return told(error.message, error.exitCode);
  if (error instanceof StartFailure) return told(error.message, EXIT.failed);
  const said = error instanceof Error ? error.message : String(error);
  if (process.env['AFTERCARE_DEBUG'] && error instanceof Error) terminal.err(error.stack ?? said);
  return told(`${said} — this is not expected; repeat with AFTERCARE_DEBUG=1 and report what it prints.`, EXIT.failed);
}
