import { boundEntries } from '../adoption/policy-of.js';
import type { AdoptionDocument } from '../adoption/document.js';
import { readRows } from '../tables/rows.js';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PackEntry } from '../pack/pack.schema.js';
import type { PackFile } from '../pack/read-packs.js';
import { finding, type Finding } from './finding.js';
import { KEYS_READ } from './keys-are-asked-for.js';
import { isBound, type CompanyFile, type PolicyFiles } from './policy-files.js';
import { within } from './versions-follow-each-other.js';

interface Adopting extends CompanyFile { readonly packs: readonly PackFile[] }

const adopting = ({ companies, packs }: PolicyFiles): Adopting[] => companies.map((one) => ({
  ...one, packs: one.company.precedence.flatMap(({ pack, version }) => packs.filter((file) => file.pack.id === pack && file.pack.version === version)),
}));

const isOff = ({ off }: CompanyPolicy, pack: string, key: string): boolean => off.some((one) => one.key === key || one.key === `${pack}/${key}`);

export function packsThatAreNotThere(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap(({ file, company, packs }) => company.precedence
    .filter(({ pack, version }) => !packs.some((found) => found.pack.id === pack && found.pack.version === version))
    .map(({ pack, version }) => finding('no-such-pack', file, null, `采用的 ${pack} 第 ${version} 版没有文件：改正编号或版本`, `adopts ${pack} version ${version}, which no file has: correct the id or the version`)));
}

/** A law that has ended would go on deciding cases, one that has not begun would decide them too early. */
export function packsNotInForce(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap(({ file, company, packs }) => packs.filter(({ pack }) => !within(company, pack)).map(({ pack }) => {
    const days = `${pack.validFrom ?? '…'} – ${pack.validTo ?? '…'}`;
    const next = files.packs.find(({ pack: { supersedes } }) => supersedes === pack.id)?.pack.id;
    return finding('pack-not-in-force', file, null,
      `${pack.id} 的有效期为 ${days}，采用期超出：为其余日期另写一版${next ? `，采用 ${next}` : ''}`,
      `${pack.id} is in force ${days} and is adopted for other days too: write a version of this file for those days${next ? ` that adopts ${next}` : ''}`);
  }));
}

/** Switched off or settled, but nothing is there by that name: most often a spelling, and what was meant stays on. */
export function namesOfNothing(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap((one) => {
    const { file, company, packs } = one;
    const names = new Set([...KEYS_READ, ...packs.flatMap(({ pack }) => Object.keys(pack.params).flatMap((key) => [key, `${pack.id}/${key}`]))]);
    const off = company.off.filter(({ key }) => !names.has(key)).map(({ key }) => finding('off-names-nothing', file, key,
      '采用的政策中没有此键：改正拼写，或删去', 'no adopted pack has it: correct its spelling or take it out'));
    return [...off, ...settlementsOfNothing(one)];
  });
}

/** What is settled goes into the one table that decides under this adoption, and has to be an open row there. */
function settlementsOfNothing({ file, company, packs }: Adopting): Finding[] {
  const document: AdoptionDocument = { format: 1, company, packs: packs.map(({ pack }) => pack) };
  return [...new Set(company.settle.map(({ table }) => table))].flatMap((key) => {
    const bound = boundEntries(document, key).find(({ entry }) => entry.kind === 'table');
    if (bound?.entry.kind !== 'table') {
      return [finding('settle-names-nothing', file, key, '采用的政策中没有此表：改正拼写，或删去', 'no adopted pack has this table: correct its spelling or take it out')];
    }
    const place = { pack: bound.pack, version: bound.version, key };
    const itself = readRows(bound.entry, place, []).faults.length;
    const { faults } = readRows(bound.entry, place, company.settle.filter(({ table }) => table === key));
    return itself > 0 ? [] : faults.map(({ message }) => finding('settle-names-nothing', file, key, `所定内容不成立：${message}`, `cannot be settled like this: ${message}`));
  });
}

/** A clock of every pack runs by itself; of a setting or a table one value decides, whichever adopted pack has it. */
function isFilled({ company, packs }: Adopting, key: string, { kind }: PackEntry): boolean {
  const says = (entry: PackEntry | undefined) => entry !== undefined && isBound(entry);
  return says(company.own[key]) || (kind !== 'clock' && packs.some(({ pack }) => says(pack.params[key]) && !isOff(company, pack.id, key)));
}

export function unsetLeftOpen(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap((one) => one.packs.flatMap(({ pack }) => Object.entries(pack.params)
    .filter(([key, entry]) => !isBound(entry) && !isOff(one.company, pack.id, key) && !isFilled(one, key, entry))
    .map(([key]) => finding('unset-left-open', one.file, key,
      `${pack.id} 没有给出数值：在 own 中填写，或在 off 中关闭并说明理由`, `${pack.id} gives no value: fill it under own, or switch it off under off and say why`))));
}

export function neededKeysLeftOpen(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap((one) => {
    const { company, packs, file } = one;
    const sources = [company.own, ...packs.map(({ pack }) => pack.params)];
    return KEYS_READ.filter((key) => !company.off.some((off) => off.key === key) && sources.every((params) => params[key] === undefined))
      .map((key) => finding('needed-key-open', file, key,
        '程序需要此键，采用的政策都没有：采用含有它的政策，在 own 中填写，或在 off 中关闭', 'the program needs it and no adopted pack has it: adopt one that does, fill it under own, or switch it off'));
  });
}
