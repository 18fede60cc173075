import { finding, type Finding } from './finding.js';
import type { PolicyFiles } from './policy-files.js';

export interface Validity { readonly validFrom: string | null; readonly validTo: string | null }

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

export const meet = (one: Validity, other: Validity): boolean =>
  (one.validFrom ?? FIRST_DAY) <= (other.validTo ?? LAST_DAY) && (other.validFrom ?? FIRST_DAY) <= (one.validTo ?? LAST_DAY);

/** True when every day of `inner` is a day of `outer`. */
export const within = (inner: Validity, outer: Validity): boolean =>
  (outer.validFrom ?? FIRST_DAY) <= (inner.validFrom ?? FIRST_DAY) && (inner.validTo ?? LAST_DAY) <= (outer.validTo ?? LAST_DAY);

interface Version extends Validity { readonly file: string; readonly id: string; readonly version: number }

/** Two versions on the same day would leave it to chance which of them decides a case. */
export function versionsThatOverlap({ packs, companies }: PolicyFiles): Finding[] {
  const versions = (list: readonly Version[]): Finding[] => list.flatMap((one, at) => list.slice(at + 1)
    .filter((other) => other.id === one.id && (other.version === one.version || meet(one, other))).map((other) => overlap(other, one)));
  const successions = packs.flatMap(({ file, pack }) => packs.filter(({ pack: old }) => old.id === pack.supersedes && meet(pack, old))
    .map((old) => overlap({ ...pack, file }, { ...old.pack, file: old.file })));
  return [...versions(packs.map(({ file, pack }) => ({ ...pack, file }))), ...versions(companies.map(({ file, company }) => ({ ...company, file }))), ...successions];
}

function overlap(later: Version, earlier: Version): Finding {
  return finding('versions-overlap', later.file, null,
    `${later.id} 第 ${later.version} 版与 ${earlier.id} 第 ${earlier.version} 版（${earlier.file}）同时有效：前者开始的前一天写入后者的 validTo；已采用的版本在日志中，其文件也可移出`,
    `${later.id} version ${later.version} and ${earlier.id} version ${earlier.version} (${earlier.file}) are valid at the same time: end the earlier one with validTo on the day before, or take its file away where it was adopted: the log keeps it`);
}

export function successorsOfNothing({ packs }: PolicyFiles): Finding[] {
  return packs.filter(({ pack: { supersedes } }) => supersedes !== undefined && !packs.some(({ pack }) => pack.id === supersedes))
    .map(({ file, pack }) => finding('supersedes-nothing', file, null,
      `取代的 ${String(pack.supersedes)} 没有文件：补上旧版，旧案件仍按旧版判定`, `supersedes ${String(pack.supersedes)}, which has no file: add the old version, cases of its time are decided by it`));
}
