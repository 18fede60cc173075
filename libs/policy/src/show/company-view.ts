import type { Bilingual } from 'aftercare/kernel';
import type { CompanyPolicy, WorkingWindow } from '../adoption/adoption.schema.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import { labelOf, sectionsOf, validityText, type Names } from './pack-view.js';
import { joined, type Cell, type PolicyView, type Section } from './view.js';

const WEEKDAYS: readonly Bilingual[] = [
  { zh: '周一', en: 'Mon' }, { zh: '周二', en: 'Tue' }, { zh: '周三', en: 'Wed' }, { zh: '周四', en: 'Thu' }, { zh: '周五', en: 'Fri' },
  { zh: '周六', en: 'Sat' }, { zh: '周日', en: 'Sun' },
];

/** @param packs those that are there; one that is adopted and not among them is shown as missing */
export function companyView(company: CompanyPolicy, packs: readonly PolicyPack[], names: Names): PolicyView {
  const { id, version, title, zone, calendar, calendarOwner, own } = company;
  const owner = Object.hasOwn(names.roles, calendarOwner) ? names.roles[calendarOwner] ?? calendarOwner : calendarOwner;
  return {
    title: `${id}@${version}`,
    facts: [
      [{ zh: '名称', en: 'Title' }, [title]],
      [{ zh: '有效期', en: 'Valid' }, [validityText(company)]],
      [{ zh: '时区', en: 'Zone' }, [zone]],
      [{ zh: '日历', en: 'Calendar' }, [joined({ zh: '，由以下角色公布下一年：', en: ', next year published by: ' }, [calendar, owner])]],
    ],
    sections: [precedence(company, packs), windows(company), ...sectionsOf(own, names), off(company, names), settled(company, names)].filter(({ rows, about }) => rows.length > 0 || about),
  };
}

function precedence({ precedence: adopted }: CompanyPolicy, packs: readonly PolicyPack[]): Section {
  return {
    title: { zh: '采用的制度与法规（按优先次序）', en: 'Adopted packs, in the order of precedence' },
    head: [{ zh: '次序', en: 'Order' }, { zh: '政策包', en: 'Pack' }, { zh: '名称', en: 'Title' }, { zh: '有效期', en: 'Valid' }],
    rows: adopted.map(({ pack, version }, at) => {
      const found = packs.find((one) => one.id === pack && one.version === version);
      const missing: Bilingual = { zh: '没有这个文件', en: 'there is no such file' };
      return [[String(at + 1)], [`${pack}@${version}`], [found?.title ?? missing], found ? [validityText(found)] : []];
    }),
  };
}

function windows({ windows: units }: CompanyPolicy): Section {
  return {
    title: { zh: '工作时间', en: 'Working windows' },
    head: [{ zh: '单位', en: 'Unit' }, { zh: '时段', en: 'Windows' }],
    rows: Object.entries(units).map(([unit, list]) => [[unit === 'default' ? { zh: '其他所有单位', en: 'every other unit' } : unit], list.map(windowText)]),
  };
}

function windowText({ weekdays, from, to }: WorkingWindow): Bilingual {
  const days = joined({ zh: '、', en: ', ' }, weekdays.map((day) => WEEKDAYS[day - 1] ?? String(day)));
  return { zh: `${days.zh} ${from}–${to}`, en: `${days.en} ${from}–${to}` };
}

function off({ off: keys }: CompanyPolicy, names: Names): Section {
  return {
    title: { zh: '停用', en: 'Switched off' },
    head: [{ zh: '项目', en: 'What' }, { zh: '理由', en: 'Why' }],
    rows: keys.map(({ key, why }) => [switchedOff(key, names), [why]]),
  };
}

/** `key`, or `PACK/key` for the entry of one pack. */
function switchedOff(name: string, names: Names): Cell {
  const [label = name] = labelOf(name.slice(name.indexOf('/') + 1), names);
  return label === name ? [name] : [label, name];
}

function settled({ settle }: CompanyPolicy, names: Names): Section {
  return {
    title: { zh: '已确定的待定行', en: 'Open rows, settled' },
    head: [{ zh: '决策表', en: 'Table' }, { zh: '行', en: 'Row' }, { zh: '结果', en: 'Outcome' }, { zh: '理由', en: 'Why' }],
    rows: settle.map(({ table, row, then, why }) => [labelOf(table, names), [row], [then ? outcome(then) : { zh: '由人决定', en: 'a person decides' }], [why]]),
  };
}

function outcome(then: Readonly<Record<string, unknown>>): string {
  return Object.entries(then).map(([name, value]) => `${name}: ${[value].flat().join(' + ')}`).join('; ');
}
