import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { projectRoot } from '../launcher/project-root.js';

/** AFTERCARE_DATA, else `.data` in the clone. */
export function usualDataFolder(): string {
  return resolve(process.env['AFTERCARE_DATA'] ?? join(projectRoot(), '.data'));
}

export function withDataFolder(command: Command): Command {
  return command.option('--data <dir>', 'data folder of the instance (default: AFTERCARE_DATA, else .data in the clone)');
}

export function dataFolderOf(options: { readonly data?: string }): string {
  return options.data ? resolve(options.data) : usualDataFolder();
}
