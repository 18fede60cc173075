import type { Bilingual } from 'aftercare/kernel';
import { KEYS_READ } from '../check/keys-are-asked-for.js';
import type { KeyRegister } from '../check/policy-files.js';
import type { ClockEntry, EntryOf, PackEntry, PolicyPack, TableEntry } from '../pack/pack.schema.js';
import { tableAsText } from '../tables/table-as-text.js';
import { lengthText, spanText } from './span-text.js';
import { valueText } from './value-text.js';
import { joined, type Cell, type Line, type PolicyView, type Section } from './view.js';
import { CALENDAR_WORDS, NATURE_WORDS, NOT_ACTED_ON, SOURCE_WORDS } from './words.js';

/** What keys and roles are called. A name that nothing calls otherwise is shown as it is written. */
export interface Names {
  readonly keys: KeyRegister;
  readonly roles: Readonly<Record<string, Bilingual>>;
}

type Keyed<E extends PackEntry = PackEntry> = readonly [key: string, entry: E];
const COMMA: Bilingual = { zh: '、', en: ', ' };

export function packView(pack: PolicyPack, names: Names): PolicyView {
  return { title: `${pack.id}@${pack.version}`, facts: factsOf(pack), sections: sectionsOf(pack.params, names) };
}

/** Clocks, cadences, settings, then every table under its own title. What there is none of is left out. */
export function sectionsOf(params: PolicyPack['params'], names: Names): readonly Section[] {
  const entries: readonly Keyed[] = Object.entries(params);
  const ofKind = <K extends PackEntry['kind']>(...kinds: readonly K[]): Keyed<EntryOf<K>>[] =>
    entries.filter((keyed): keyed is Keyed<EntryOf<K>> => kinds.some((kind) => kind === keyed[1].kind));
  const settings = entries.filter(([, { kind }]) => kind !== 'clock' && kind !== 'cadence' && kind !== 'table');
  return [
    { title: { zh: '时限', en: 'Clocks' }, head: CLOCK_HEAD, rows: ofKind('clock').map((keyed) => clockRow(keyed, names)) },
    { title: { zh: '周期', en: 'Cadences' }, head: SETTING_HEAD, rows: ofKind('cadence').map((keyed) => settingRow(keyed, names)) },
    { title: { zh: '取值', en: 'Settings' }, head: SETTING_HEAD, rows: settings.map((keyed) => settingRow(keyed, names)) },
    ...ofKind('table').map((keyed) => tableSection(keyed, names)),
  ].filter(({ rows, about }) => rows.length > 0 || about !== undefined);
}

function factsOf({ title, origin, kind, validFrom, validTo, supersedes, confirmed, params }: PolicyPack): PolicyView['facts'] {
  const bound = Object.values(params);
  const unset = bound.filter(({ source }) => source === 'unset').length;
  return [
    [{ zh: '名称', en: 'Title' }, [title]],
    [{ zh: '出处', en: 'Origin' }, [origin]],
    [{ zh: '类别', en: 'Kind' }, [kind === 'company' ? { zh: '公司制度', en: 'company policy' } : { zh: '法规', en: 'regulation' }]],
    [{ zh: '有效期', en: 'Valid' }, [validityText({ validFrom, validTo })]],
    ...(supersedes === undefined ? [] : [[{ zh: '取代', en: 'Supersedes' }, [supersedes]] as const]),
    [{ zh: '确认', en: 'Confirmed' }, [confirmed
      ? { zh: '已按原文核对', en: 'yes, against the source' } : { zh: '未核对原文，采用前须由公司确认', en: 'no: from secondary sources, to be confirmed by the adopting company' }]],
    [{ zh: '条目', en: 'Entries' }, [{ zh: `${bound.length} 条，其中 ${unset} 条原文未规定`, en: `${bound.length}, ${unset} of them unset` }]],
  ];
}

export function validityText({ validFrom, validTo }: Pick<PolicyPack, 'validFrom' | 'validTo'>): Bilingual {
  if (validFrom === null && validTo === null) return { zh: '未限定', en: 'no dates given' };
  if (validTo === null) return { zh: `自 ${validFrom} 起`, en: `from ${validFrom}` };
  return validFrom === null ? { zh: `至 ${validTo} 止`, en: `until ${validTo}` } : { zh: `${validFrom} 至 ${validTo}`, en: `${validFrom} to ${validTo}` };
}

const SETTING_HEAD: readonly Bilingual[] = [
  { zh: '项目', en: 'What' }, { zh: '取值', en: 'Value' }, { zh: '依据', en: 'Clause and source' }, { zh: '说明', en: 'Note' },
];
const CLOCK_HEAD: readonly Bilingual[] = [
  { zh: '时限', en: 'Clock' }, { zh: '时长', en: 'Limit' }, { zh: '起止', en: 'From and to' }, { zh: '提醒与升级', en: 'Warned and escalated' },
  { zh: '依据', en: 'Clause and source' }, { zh: '后果与说明', en: 'Consequence and note' },
];

export function labelOf(key: string, { keys }: Names): Cell {
  const words = Object.hasOwn(keys, key) ? keys[key] : undefined;
  return words ? [{ zh: words.zh, en: words.en }, key] : [key];
}

/** A value on which nothing acts yet says so, or its reader would take it for a rule in force. */
function sourceOf([key, { clause, rows, source }]: Keyed): Cell {
  return [clause, ...(rows.length > 0 ? [rows.join(', ')] : []), SOURCE_WORDS[source], ...(KEYS_READ.includes(key) ? [] : [NOT_ACTED_ON])];
}

const noteOf = ({ note }: PackEntry): Cell => note ? [note] : [];

function settingRow([key, entry]: Keyed, names: Names): readonly Cell[] {
  return [labelOf(key, names), withRoleTitles(valueText(entry), names), sourceOf([key, entry]), noteOf(entry)];
}

/** A list of roles, or a choice of one, is read by people who know titles and by those who know names. */
function withRoleTitles(cell: Cell, names: Names): Cell {
  return cell.map((line) => (typeof line === 'string' ? roleText(line, names) : line));
}

function roleText(role: string, { roles }: Names): Line {
  const title = Object.hasOwn(roles, role) ? roles[role] : undefined;
  return title ?? role;
}

function clockRow([key, entry]: Keyed<ClockEntry>, names: Names): readonly Cell[] {
  const { calendar, calendarStated, nature, pausable, from, to, when, consequence } = entry;
  const stated = calendarStated ? '' : { zh: '（我方理解）', en: ' (our reading)' };
  const counted = joined({ zh: '', en: '' }, [CALENDAR_WORDS[calendar], stated]);
  const pause = pausable ? { zh: '可暂停', en: 'can pause' } : { zh: '不可暂停', en: 'never pauses' };
  return [
    labelOf(key, names),
    [spanText(entry), counted, joined({ zh: '，', en: ', ' }, [NATURE_WORDS[nature], pause])],
    [joined({ zh: ' ', en: ' ' }, [{ zh: '自', en: 'from' }, from]), joined({ zh: ' ', en: ' ' }, [{ zh: '至', en: 'to' }, to]), ...conditionsText(when)],
    [said('提醒', 'warned at', percents(entry)), ...entry.escalate.map((step) => escalationText(step, names))],
    sourceOf([key, entry]),
    [...(consequence ? [consequence] : []), ...noteOf(entry)],
  ];
}

/** What reads the same in either language, a number or the name of a fact, after a word in each. */
const said = (zh: string, en: string, text: string): Line => ({ zh: `${zh} ${text}`, en: `${en} ${text}`, both: `${zh} ${en} ${text}` });

const percents = ({ warn }: ClockEntry): string => warn.length === 0 ? '–' : `${warn.join(' / ')} %`;

function conditionsText(when: ClockEntry['when']): Cell {
  return Object.entries(when ?? {}).map(([fact, values]) => said('仅当', 'only if', `${fact} = ${values.join(' | ')}`));
}

function escalationText({ percent, afterBreach, to }: ClockEntry['escalate'][number], names: Names): Bilingual {
  const whom = joined(COMMA, to.map((role) => roleText(role, names)));
  if (afterBreach) {
    const late = lengthText(afterBreach.value, afterBreach.unit);
    return { zh: `超期 ${late.zh}：${whom.zh}`, en: `${late.en} overdue: ${whom.en}` };
  }
  return { zh: `${percent ?? 100} %：${whom.zh}`, en: `${percent ?? 100} %: ${whom.en}` };
}

function tableSection([key, entry]: Keyed<TableEntry>, names: Names): Section {
  const [title = key] = labelOf(key, names);
  const about: Cell = [key, ...sourceOf([key, entry]), ...noteOf(entry), ...(entry.value === null ? [{ zh: '未规定：由公司填写', en: 'not set: to be filled by the company' }] : [])];
  const { head, rows } = tableAsText(entry);
  return {
    title: typeof title === 'string' ? { zh: title, en: title } : title, head, about,
    rows: rows.map((cells) => cells.map((cell) => [inLanguages(cell, names)])),
  };
}

/** Cells of a table carry both languages with a bar between them, and roles by name. */
function inLanguages(cell: string, names: Names): Line {
  const parts = cell.split(' / ');
  if (parts.length === 2) return { zh: parts[0] ?? '', en: parts[1] ?? '' };
  const roles = cell.split(' + ').map((part) => roleText(part, names));
  return roles.every((role) => typeof role === 'string') ? cell : joined({ zh: ' + ', en: ' + ' }, roles);
}
