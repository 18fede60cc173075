import { statSync } from 'node:fs';
import { ROLES } from 'aftercare/access';
import { readNamedPolicies, UnreadablePolicyFile, type NamedPolicies, type Names } from 'aftercare/policy';
import { CliFailure, EXIT } from '../exit-codes.js';
import { plain } from '../table.js';

/** Policy files with everything that names them; nothing has to run for it. @throws CliFailure */
export async function policyFiles({ packs }: { readonly packs?: string }): Promise<NamedPolicies & { readonly names: Names }> {
  requirePath('--packs', packs, 'folder');
  const files = await readable(() => readNamedPolicies({ packs }));
  return { ...files, names: { keys: { ...files.keys.company, ...files.keys.regulation }, roles: ROLES } };
}

/** @throws CliFailure unless the option was left out or names what it has to. */
export function requirePath(option: string, path: string | undefined, kind: 'file' | 'folder'): void {
  if (path === undefined) return;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new CliFailure(EXIT.usage, `${option} ${path}: there is nothing there. 该处没有文件或文件夹。`);
  if (found.isDirectory() !== (kind === 'folder')) {
    throw new CliFailure(EXIT.usage, kind === 'folder' ? `${option} ${path} is a file: name the folder that holds it. 这是文件：请写其所在的文件夹。` : `${option} ${path} is a folder: name a file in it. 这是文件夹：请写其中的文件。`);
  }
}

/** A file that cannot be read is told with all that is wrong with it. @throws CliFailure */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadablePolicyFile) throw new CliFailure(EXIT.failed, error.message.split('\n').map(plain).join('\n'));
    throw error;
  }
}

/** @throws CliFailure unless it is a calendar date `YYYY-MM-DD`. */
export function dayOption(on: string | undefined): string | null {
  if (on === undefined) return null;
  const at = new Date(`${on}T00:00:00.000Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(on)) return on;
  throw new CliFailure(EXIT.usage, `--on is a date such as 2026-03-31, not "${on}".`);
}
