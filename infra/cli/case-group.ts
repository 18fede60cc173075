import type { Command } from 'commander';

/** The `case` group, made by whichever of its commands is registered first. */
export function caseCommand(program: Command): Command {
  return program.commands.find((command) => command.name() === 'case') ?? program.command('case').description('look into cases');
}
