import { dayOfDate } from '../calendars/local-date.js';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import { finding, type Finding } from './finding.js';
import type { PolicyFiles } from './policy-files.js';
import type { Validity } from './versions-follow-each-other.js';

const dated = ({ packs, companies }: PolicyFiles): readonly (Validity & { readonly file: string })[] =>
  [...packs.map(({ file, pack: { validFrom, validTo } }) => ({ file, validFrom, validTo })), ...companies.map(({ file, company: { validFrom, validTo } }) => ({ file, validFrom, validTo }))];

/** A date such as 30 February sorts like any other and is reckoned like none. */
export function datesThatAreNone(files: PolicyFiles): Finding[] {
  return dated(files).flatMap(({ file, validFrom, validTo }) => Object.entries({ validFrom, validTo }).filter(([, date]) => date !== null && dayOfDate(date) === null)
    .map(([member, date]) => finding('no-such-date', file, null, `${member}：没有 ${String(date)} 这一天，改正日期`, `${member}: there is no day ${String(date)}, correct it`)));
}

export function endsBeforeTheBeginning(files: PolicyFiles): Finding[] {
  return dated(files).filter(({ validFrom, validTo }) => validFrom !== null && validTo !== null && validTo < validFrom)
    .map(({ file, validFrom, validTo }) => finding('ends-before-it-begins', file, null,
      `有效期止于 ${String(validTo)}，早于起始日 ${String(validFrom)}：改正其一`, `it ends on ${String(validTo)}, before it begins on ${String(validFrom)}: correct one of them`));
}

/** What stands there twice decides by its place, and nobody sees which of the two was meant. */
export function namedTwice({ companies }: Pick<PolicyFiles, 'companies'>): Finding[] {
  return companies.flatMap(({ file, company }) => {
    const twice = (key: string | null, zh: string, en: string) => finding('named-twice', file, key, zh, en);
    const offs = new Set(company.off.flatMap(({ key }) => [key, ...(key.startsWith(`${company.id}/`) ? [key.slice(company.id.length + 1)] : [])]));
    return [
      ...repeated(company.precedence.map(({ pack }) => pack)).map((pack) => twice(null, `${pack} 采用了两次：只留一个版本`, `adopts ${pack} twice: keep one version of it`)),
      ...company.precedence.filter(({ pack }) => pack === company.id)
        .map(({ pack }) => twice(null, `${pack} 与公司文件同名：改公司文件的 id`, `${pack} is the id of the company file too, and their clocks would be one: change the id of the company file`)),
      ...repeatedRows(company.settle).map(({ table, row }) => twice(table, `行 ${row} 定了两次：只留一个`, `row ${row} is settled twice: keep one of them`)),
      ...Object.keys(company.own).filter((key) => offs.has(key))
        .map((key) => twice(key, '既在 own 中填写，又在 off 中关闭：只留一个', 'is filled under own and switched off under off: keep one of them')),
    ];
  });
}

const repeated = (names: readonly string[]): readonly string[] => {
  const [seen, again] = [new Set<string>(), new Set<string>()];
  for (const name of names) (seen.has(name) ? again : seen).add(name);
  return [...again];
};

function repeatedRows(settle: CompanyPolicy['settle']): readonly { readonly table: string; readonly row: string }[] {
  return repeated(settle.map(({ table, row }) => JSON.stringify([table, row]))).map((place) => {
    const [table = '', row = ''] = JSON.parse(place) as string[];
    return { table, row };
  });
}
