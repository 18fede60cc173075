import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PackEntry } from '../pack/pack.schema.js';
import { finding, type Finding } from './finding.js';
import { KEYS_READ } from './keys-are-asked-for.js';
import { meant } from './meant.js';
import { nearestWord } from '../tables/nearest-word.js';
import { adopting, isBound, type Adopting, type PolicyFiles } from './policy-files.js';
import { within } from './versions-follow-each-other.js';

const isOff = ({ off }: CompanyPolicy, pack: string, key: string): boolean => off.some((one) => one.key === key || one.key === `${pack}/${key}`);

export function packsThatAreNotThere(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap(({ file, company, packs }) => company.precedence
    .filter(({ pack, version }) => !packs.some((found) => found.pack.id === pack && found.pack.version === version))
    .map(({ pack, version }) => {
      const near = files.packs.some((found) => found.pack.id === pack) ? null : nearestWord(pack, files.packs.map((found) => found.pack.id));
      return finding('no-such-pack', file, null,
        `采用的 ${pack} 第 ${version} 版没有文件：改正编号或版本${near === null ? '' : `（应为 ${near}？）`}，或用 --packs 指明其文件夹`,
        `adopts ${pack} version ${version}, which no file has: correct the id or the version${near === null ? '' : ` (${near}?)`}, or name its folder with --packs`);
    }));
}

/** A law that has ended would go on deciding cases, one that has not begun would decide them too early. */
export function packsNotInForce(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap(({ file, company, packs }) => packs.filter(({ pack }) => !within(company, pack)).map(({ pack }) => {
    const days = `${pack.validFrom ?? '…'} – ${pack.validTo ?? '…'}`;
    const next = files.packs.find(({ pack: { supersedes } }) => supersedes === pack.id)?.pack.id;
    return finding('pack-not-in-force', file, null,
      `${pack.id} 的有效期为 ${days}，采用期超出：把本文件的有效期改到其中，或为其余日期另写一版${next ? `，采用 ${next}` : ''}`,
      `${pack.id} is in force ${days} and is adopted for other days too: give this file days within them, or write a version of it for the others${next ? ` that adopts ${next}` : ''}`);
  }));
}

/** Switched off, but nothing is there by that name: most often a spelling, and what was meant stays on. */
export function offNamesOfNothing(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap(({ file, company, packs }) => {
    const names = new Set([...KEYS_READ, ...packs.flatMap(({ pack }) => Object.keys(pack.params).flatMap((key) => [key, `${pack.id}/${key}`]))]);
    return company.off.filter(({ key }) => !names.has(key)).map(({ key }) => {
      const { zh, en } = meant(key, names);
      return finding('off-names-nothing', file, key, `采用的政策中没有此键：${zh}`, `no adopted pack has it: ${en}`);
    });
  });
}

/** Switching off what one pack leaves unset, by the bare key, silences what another pack states under it. */
export function offThatReachesFurther(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap(({ file, company, packs }) => company.off.flatMap(({ key }) => {
    const having = packs.filter(({ pack }) => pack.params[key] !== undefined);
    const stated = having.filter(({ pack }) => isBound(pack.params[key] as PackEntry)).map(({ pack }) => pack.id);
    const unset = having.find(({ pack }) => !stated.includes(pack.id))?.pack.id;
    if (stated.length === 0 || unset === undefined) return [];
    return [finding('off-reaches-further', file, key,
      `也关闭了 ${stated.join('、')} 给出的数值：逐个写明政策，如 ${unset}/${key}`,
      `switches off the value of ${stated.join(', ')} too: name each pack that is meant, as in ${unset}/${key}`)];
  }));
}

/** A clock of every pack runs by itself; of a setting or a table one value decides, whichever adopted pack has it. */
function isFilled({ company, packs }: Adopting, key: string, { kind }: PackEntry): boolean {
  const says = (entry: PackEntry | undefined) => entry !== undefined && isBound(entry);
  return says(company.own[key]) || (kind !== 'clock' && packs.some(({ pack }) => says(pack.params[key]) && !isOff(company, pack.id, key)));
}

export function unsetLeftOpen(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap((one) => one.packs.flatMap(({ pack }) => Object.entries(pack.params)
    .filter(([key, entry]) => !isBound(entry) && !isOff(one.company, pack.id, key) && !isFilled(one, key, entry))
    .map(([key]) => finding('unset-left-open', one.file, `${pack.id}/${key}`,
      '此政策没有给出数值：在 own 中填写，或在 off 中关闭并说明理由', 'this pack gives no value: fill it under own, or switch it off under off and say why'))));
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
