import { readdirSync, readFileSync } from 'node:fs';
import { isRole } from 'aftercare/access';
import Value from 'typebox/value';
import { parse } from 'yaml';
import { settingValue } from '../adoption/policy-of.js';
import { compileTable } from '../tables/decision-table.js';
import type { TableInputs } from '../terms.js';
import { CLOCKS_READ, SETTINGS_READ, TABLES_READ, type SettingKey } from '../what-is-read.js';
import { packSchema, type PackEntry, type PolicyPack } from './pack.schema.js';

interface Requirement {
  readonly id: string;
  readonly clause: string | number;
  readonly param?: readonly string[];
  readonly deadline?: { readonly kind: string; readonly duration: string | null; readonly calendar: string; readonly calendar_stated: boolean } | null;
}
type Entry<K extends PackEntry['kind'] = PackEntry['kind']> = Extract<PackEntry, { kind: K }>;

const yamlAt = (path: string): unknown => parse(readFileSync(path, 'utf8'));
const FOLDER = 'libs/policy/packs/company';
const LAWS = 'libs/policy/packs/regulation';
const files = readdirSync(FOLDER).toSorted();
const raw = new Map(files.map((file) => [file, yamlAt(`${FOLDER}/${file}`)]));
const packs = [...raw.values()] as PolicyPack[];
const { requirements } = yamlAt('docs/domain/requirements.yaml') as { requirements: readonly Requirement[] };
const register = yamlAt('libs/policy/keys.yaml') as Readonly<Record<string, { zh: string; en: string; kind: string }>>;

const policyOf = ({ id }: Requirement): string => id.split('-')[0] ?? id;
const asked = requirements.flatMap((row) => (row.param ?? []).map((key) => ({ policy: policyOf(row), key, row })));
const entries = packs.flatMap(({ id, params }) => Object.entries(params).map(([key, entry]) => ({ name: `${id}/${key}`, pack: id, key, entry })));
const entryOf = (policy: string, key: string): PackEntry | undefined => packs.find(({ id }) => id === policy)?.params[key];

const CLOCK_UNITS: Readonly<Record<string, string>> = { second: 'PT#S', minute: 'PT#M', hour: 'PT#H', 'working-hour': 'PT#H', day: 'P#D', 'working-day': 'P#D', month: 'P#M', year: 'P#Y' };
const PERIOD_LENGTHS: Readonly<Record<string, string>> = { day: 'P1D', week: 'P7D', month: 'P1M', quarter: 'P3M', 'half-year': 'P6M', year: 'P1Y' };

/** The time an entry stands for, as the requirements write it; null where it has none. */
function durationOf(entry: PackEntry): string | null {
  switch (entry.kind) {
    case 'clock': return entry.value === null ? null : CLOCK_UNITS[entry.unit]?.replace('#', String(entry.value)) ?? null;
    case 'cadence': return entry.value === 1 ? PERIOD_LENGTHS[entry.every] ?? null : null;
    case 'number': return entry.unit === 'seconds' && entry.value !== null ? `PT${entry.value / 60}M` : null;
    case 'range': case 'mapping': case 'table': return entry.per ? PERIOD_LENGTHS[entry.per] ?? null : null;
    default: return null;
  }
}

describe('a company policy as a pack', () => {
  test.each([...raw])('%s has the shape of a pack and carries its own name', (file, pack) => {
    expect([...Value.Errors(packSchema, pack)].map(({ instancePath, message }) => `${instancePath} ${message}`)).toEqual([]);
    expect((pack as PolicyPack).id).toBe(file.replace('.yaml', ''));
    expect((pack as PolicyPack).kind).toBe('company');
  });

  test('there is one for every policy that asks for a value', () => {
    expect(packs.map(({ id }) => id)).toEqual([...new Set(asked.map(({ policy }) => policy))].toSorted());
  });

  test('every key that a row of the policy names is there and cites that row', () => {
    expect(asked.length).toBeGreaterThanOrEqual(222);
    const lost = asked.filter(({ policy, key, row }) => !entryOf(policy, key)?.rows.includes(row.id));
    expect(lost.map(({ policy, key, row }) => `${policy}/${key} ${row.id}`)).toEqual([]);
  });

  test('no pack has a key that no row of its policy asks for, and none cites a row that does not ask for it', () => {
    const wrong = entries.flatMap(({ name, pack, key, entry }) => entry.rows
      .filter((id) => !asked.some(({ policy, key: other, row }) => policy === pack && other === key && row.id === id)).map((id) => `${name} ${id}`));
    expect(wrong).toEqual([]);
    expect(entries.filter(({ entry }) => entry.rows.length === 0).map(({ name }) => name)).toEqual([]);
  });

  test('every entry cites the clauses of its rows', () => {
    const clausesOf = (rows: readonly string[]) => [...new Set(rows.map((id) => String(requirements.find((row) => row.id === id)?.clause)))].join('; ');
    expect(entries.filter(({ entry }) => entry.clause !== clausesOf(entry.rows)).map(({ name }) => name)).toEqual([]);
  });

  test('what is unset has no value, and what has none is unset; our readings and gaps say why', () => {
    const wrong = entries.filter(({ entry }) => (entry.kind === 'unlimited' ? entry.source !== 'stated' : (entry.value === null) !== (entry.source === 'unset')));
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(entries.filter(({ entry }) => entry.source !== 'stated' && !entry.note).map(({ name }) => name)).toEqual([]);
  });

  test('a number that no row gives is left to the company', () => {
    const numbers = (value: unknown): string[] => JSON.stringify(value).replaceAll('.00"', '"').match(/\d+/g) ?? [];
    const said = (rows: readonly string[]) => new Set(requirements.filter(({ id }) => rows.includes(id)).flatMap((row) => numbers({ ...row, id: '' })));
    const ours = entries.flatMap(({ name, entry }) => {
      // A time span is held against the row by the next test, in the row's own unit.
      if (entry.kind === 'table' || entry.value === null || durationOf(entry) !== null) return [];
      return numbers(entry.value).some((digits) => !said(entry.rows).has(digits)) ? [name] : [];
    });
    expect(ours).toEqual([]);
  });

  test('every duration is the one that the row states', () => {
    const stated = asked.filter(({ policy, key, row }) => row.deadline && ['clock', 'cadence'].includes(entryOf(policy, key)?.kind ?? ''));
    // Two rows may speak of the same limit and only one of them give it.
    const wrong = stated.filter(({ policy, key, row }) => {
      const entry = entryOf(policy, key);
      const others = asked.filter((one) => one.policy === policy && one.key === key).map((one) => one.row.deadline?.duration ?? null);
      return !entry || durationOf(entry) !== (row.deadline?.duration ?? others.find((one) => one !== null) ?? null);
    });
    expect(wrong.map(({ policy, key }) => `${policy}/${key}`)).toEqual([]);
  });

  test('a duration in a row whose entry is no clock and no cadence is kept as seconds or as the period it counts over', () => {
    const others = asked.filter(({ policy, key, row }) => row.deadline?.duration && !['clock', 'cadence'].includes(entryOf(policy, key)?.kind ?? ''));
    const said = others.map(({ policy, key, row }) => [`${policy}/${key}`, row.deadline?.duration, (() => {
      const entry = entryOf(policy, key);
      return entry ? durationOf(entry) : null;
    })()] as const);
    // Such a row states the limit of a report or notice; the threshold, triggers and tables beside it say when it applies.
    const beside = new Set(['P001E/complaint.major.loss_threshold', 'P001E/complaint.major.triggers', 'P001E/triage.severity', 'P002A/return.eligibility.quality', 'P003/complaint.interim_reply.latest_promise']);
    expect(said.filter(([name, row, entry]) => row !== entry && !beside.has(name))).toEqual([]);
  });
});

describe('clocks of company policies', () => {
  const clocks = entries.flatMap(({ name, pack, key, entry }) => (entry.kind === 'clock' ? [{ name, pack, key, clock: entry as Entry<'clock'> }] : []));

  test('count by the calendar of the row and say whether the source states it', () => {
    const calendars: Readonly<Record<string, string>> = { 'cut-off': 'cut-off', 'lead-time': 'lead-time' };
    expect(clocks.filter(({ clock }) => clock.value === null && clock.calendarStated).map(({ name }) => name)).toEqual([]);
    const wrong = clocks.filter(({ pack, key, clock }) => clock.value !== null && asked.some(({ policy, key: other, row }) => {
      if (policy !== pack || other !== key || !row.deadline?.duration) return false;
      return clock.calendar !== (calendars[row.deadline.kind] ?? row.deadline.calendar) || clock.calendarStated !== row.deadline.calendar_stated;
    }));
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(clocks.filter(({ clock }) => (clock.calendar === 'cut-off') !== (clock.at !== undefined)).map(({ name }) => name)).toEqual([]);
  });

  test('call roles that exist, each at a share of the span or after the breach', () => {
    expect(clocks.filter(({ clock }) => clock.escalate.length === 0).map(({ name }) => name)).toEqual([]);
    const wrong = clocks.filter(({ clock }) => clock.escalate.some(({ percent, afterBreach, to }) =>
      (percent === undefined) === (afterBreach === undefined) || !to.every(isRole)));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('a cap on the whole, a first contact, a hold and a major complaint never pause', () => {
    const hard = clocks.filter(({ key }) => /^complaint\.(total|first_contact|major)|^quality\.(hold|sales_block|stop_sale|resume)|^recall\./.test(key));
    expect(hard.length).toBeGreaterThanOrEqual(11);
    expect(hard.filter(({ clock }) => clock.pausable).map(({ name }) => name)).toEqual([]);
  });
});

describe('decision tables of company policies', () => {
  const tables = entries.flatMap(({ name, entry }) => (entry.kind === 'table' && entry.value ? [{ name, table: entry as Entry<'table'>, rows: entry.value }] : []));

  test('name in every row a requirement, and nobody who has no role', () => {
    const ids = new Set(requirements.map(({ id }) => id));
    const known = (id: string) => ids.has(/^P\d{3}[A-E]?-\d{2}/.exec(id)?.[0] ?? '');
    expect(tables.flatMap(({ name, rows }) => rows.filter(({ id }) => !known(id)).map(({ id }) => `${name} ${id}`))).toEqual([]);
    const roles = tables.flatMap(({ table, rows }) => rows.flatMap(({ then }) =>
      Object.entries(then ?? {}).flatMap(([column, value]) => (table.outputs[column] === 'roles' || column === 'approver' ? [value].flat() : []))));
    expect(roles.length).toBeGreaterThan(30);
    expect(roles.filter((role) => !isRole(role))).toEqual([]);
  });

  test('leave the open points of the requirements open, each with a note', () => {
    const open = tables.flatMap(({ name, rows }) => rows.filter(({ then }) => then === null).map(({ id, note }) => `${name} ${id}${note ? '' : ' without a note'}`));
    expect(open).toEqual([
      'P001C/billing.waiver.bands P001C-29-gap', 'P001D/quality.grade_criteria P001D-12-battery-gap', 'P001D/quality.grade_criteria P001D-12-chemical-gap',
      'P001E/triage.severity P001E-49-loss-exactly', 'P002A/return.eligibility.quality P002A-17-expired',
      ...['39-two', '40-three', '41-four'].map((row) => `P003/performance.fine.complaint_count P003-${row}`), 'P003/performance.dismissal.complaint_count P003-42-five', 'P004E/contract.approval P004E-13-limit',
    ]);
  });

  test('a count or an amount that two readings of "以上" judge differently is decided by nobody but the company', () => {
    const asked = (name: string, inputs: TableInputs) => {
      const { pack, key, entry } = entries.find((one) => one.name === name) ?? {};
      return compileTable(entry as Entry<'table'>, { pack: pack ?? '', version: '1', key: key ?? '' }).decide(inputs);
    };
    const fines = [1, 2, 3, 4, 5].map((count) => asked('P003/performance.fine.complaint_count', { count }));
    expect(fines.map((said) => (said.determined ? said.then['fine'] : said.why))).toEqual([0, 'open-point', 'open-point', 'open-point', 30_000]);
    const losses = [499_999, 500_000, 500_001].map((loss) => asked('P001E/triage.severity', { regulatoryInspection: false, publicExposure: false, loss }));
    expect(losses.map((said) => (said.determined ? said.then['severity'] : said.why))).toEqual(['ordinary', 'open-point', 'major']);
  });

  test('the loss that makes a complaint major is the same in the severity table and on its own', () => {
    const threshold = entryOf('P001E', 'complaint.major.loss_threshold')?.value;
    const losses = tables.find(({ name }) => name === 'P001E/triage.severity')?.rows.map(({ if: { loss } }) => loss).filter((loss) => loss !== undefined);
    expect(losses).toEqual([`> ${String(threshold)}`, String(threshold), `< ${String(threshold)}`]);
  });
});

describe('the register of keys', () => {
  test('has exactly the keys of the company policies, each with one kind in every pack', () => {
    expect(Object.keys(register)).toEqual([...new Set(entries.map(({ key }) => key))].toSorted());
    expect(entries.filter(({ key, entry }) => register[key]?.kind !== entry.kind).map(({ name }) => name)).toEqual([]);
    expect(Object.entries(register).filter(([, { zh, en }]) => !zh || !en)).toEqual([]);
  });
});

describe('what the program reads', () => {
  test('has the shape that it must have in every pack that gives a value', () => {
    const read = entries.filter(({ key, entry }) => Object.hasOwn(SETTINGS_READ, key) && entry.source !== 'unset');
    expect(read.length).toBeGreaterThanOrEqual(20);
    const wrong = read.filter(({ key, entry }) => entry.kind === 'clock' || entry.kind === 'table' || !SETTINGS_READ[key as SettingKey].holds(settingValue(entry)));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('has an entry in some pack, for a clock, a table and a setting alike', () => {
    const laws = readdirSync(LAWS).map((file) => yamlAt(`${LAWS}/${file}`) as PolicyPack).flatMap(({ params }) => Object.keys(params).map((key) => ({ key })));
    const known = new Set([...entries, ...laws].map(({ key }) => key));
    expect([...Object.keys(SETTINGS_READ), ...CLOCKS_READ, ...TABLES_READ].filter((key) => !known.has(key))).toEqual([]);
  });
});
