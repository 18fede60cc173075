import { existsSync } from 'node:fs';
import { ROLES } from 'aftercare/access';
import { readNamedPolicies, UnreadablePolicyFile, type NamedPolicies, type Names } from 'aftercare/policy';
import { CliFailure, EXIT } from '../exit-codes.js';

/** Policy files with everything that names them; nothing has to run for it. @throws CliFailure */
export async function policyFiles({ packs }: { readonly packs?: string }): Promise<NamedPolicies & { readonly names: Names }> {
  if (packs !== undefined && !existsSync(packs)) throw new CliFailure(EXIT.usage, `--packs ${packs}: there is nothing there.`);
  const files = await readable(() => readNamedPolicies({ packs }));
  return { ...files, names: { keys: { ...files.keys.company, ...files.keys.regulation }, roles: ROLES } };
}

/** A file that cannot be read is told with all that is wrong with it. @throws CliFailure */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadablePolicyFile) throw new CliFailure(EXIT.failed, error.message);
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
