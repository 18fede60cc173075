import type { Command } from 'commander';

/** The `policy` group, made by whichever of its commands is registered first. */
export function policyCommand(program: Command): Command {
  return program.commands.find((command) => command.name() === 'policy') ?? program.command('policy').description('rules of the company as dated files: look at them, check, try and adopt them');
}
