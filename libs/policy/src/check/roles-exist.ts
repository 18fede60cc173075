import { settingValue } from '../adoption/policy-of.js';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PackEntry } from '../pack/pack.schema.js';
import { SETTINGS_READ, type SettingKey } from '../what-is-read.js';
import { finding, type Finding } from './finding.js';
import { adopting, isBound, ownEntries, packEntries, type Adopting, type PolicyFiles } from './policy-files.js';

/** Roles that a clock calls, that a setting lets act, or that a column of roles names. */
function rolesIn(key: string, entry: PackEntry): readonly string[] {
  if (entry.kind === 'clock') return entry.escalate.flatMap(({ to }) => to);
  if (entry.kind === 'table') return rolesOfRows(entry, entry.value ?? []);
  const shape = Object.hasOwn(SETTINGS_READ, key) ? SETTINGS_READ[key as SettingKey] : undefined;
  if (!shape || !('roles' in shape) || !isBound(entry)) return [];
  const value = settingValue(entry);
  if (!shape.holds(value)) return [];
  return shape.roles === 'names' ? Object.keys(value as object) : [value].flat().map(String);
}

type Then = Readonly<Record<string, unknown>> | null;

function rolesOfRows({ outputs }: Extract<PackEntry, { kind: 'table' }>, rows: readonly { readonly then: Then }[]): readonly string[] {
  const columns = Object.entries(outputs).filter(([, type]) => type === 'roles').map(([name]) => name);
  return rows.flatMap(({ then }) => columns.flatMap((name) => then?.[name] ?? []).map(String));
}

/** Roles by which a company settled open rows. */
function rolesSettled({ company, packs }: Adopting): readonly { readonly key: string; readonly roles: readonly string[] }[] {
  const sources: readonly CompanyPolicy['own'][] = [company.own, ...packs.map(({ pack }) => pack.params)];
  return company.settle.map(({ table, then }) => ({
    key: table, roles: sources.flatMap((params) => { const entry = params[table]; return entry?.kind === 'table' ? rolesOfRows(entry, [{ then }]) : []; }),
  }));
}

/** What is sent to a role that nobody can hold reaches nobody, and what only such a role may do nobody can do. */
export function rolesThatNobodyHolds(files: PolicyFiles): Finding[] {
  const known = new Set(files.roles);
  const unknown = (file: string, key: string | null, roles: readonly string[], place = { zh: '', en: '' }) => [...new Set(roles)].filter((role) => !known.has(role)).map((role) => {
    // The one that is spelt most alike is often another office: those of the department are few enough to choose from.
    const beside = files.roles.filter((one) => one.startsWith(`${role.split('.')[0]}.`));
    const instead = beside.length === 0 ? { zh: '改为 aftercare token --roles 所列的角色', en: 'name one of aftercare token --roles' } : { zh: `改为 ${beside.join('、')} 之一`, en: `name one of ${beside.join(', ')}` };
    return finding('unknown-role', file, key, `${place.zh}没有角色 ${role}：${instead.zh}`, `${place.en}there is no role ${role}: ${instead.en}`);
  });
  return [
    ...[...packEntries(files), ...ownEntries(files)].flatMap(({ file, key, entry }) => unknown(file, key, rolesIn(key, entry))),
    ...adopting(files).flatMap((one) => rolesSettled(one).flatMap(({ key, roles }) => unknown(one.file, key, roles))),
    ...files.companies.flatMap(({ file, company }) => unknown(file, null, [company.calendarOwner], { zh: 'calendarOwner：', en: 'calendarOwner: ' })),
  ];
}
