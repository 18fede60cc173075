import type { PackEntry } from '../pack/pack.schema.js';
import { finding, type Finding } from './finding.js';
import { ownEntries, packEntries, type PolicyFiles } from './policy-files.js';

/** Roles that a clock calls, or that a column of roles names. */
function rolesIn(entry: PackEntry): readonly string[] {
  if (entry.kind === 'clock') return entry.escalate.flatMap(({ to }) => to);
  if (entry.kind !== 'table') return [];
  const columns = Object.entries(entry.outputs).filter(([, type]) => type === 'roles').map(([name]) => name);
  return (entry.value ?? []).flatMap(({ then }) => columns.flatMap((name) => then?.[name] ?? []).map(String));
}

/** What is sent to a role that nobody can hold reaches nobody. */
export function rolesThatNobodyHolds(files: PolicyFiles): Finding[] {
  const known = new Set(files.roles);
  const unknown = (file: string, key: string | null, roles: readonly string[]) => [...new Set(roles)].filter((role) => !known.has(role))
    .map((role) => finding('unknown-role', file, key, `没有角色 ${role}：改为现有角色`, `there is no role ${role}: name one that exists`));
  return [
    ...[...packEntries(files), ...ownEntries(files)].flatMap(({ file, key, entry }) => unknown(file, key, rolesIn(entry))),
    ...files.companies.flatMap(({ file, company }) => unknown(file, null, [company.calendarOwner])),
  ];
}
