import type { Bilingual } from 'aftercare/kernel';
import { isNotActedOn } from './clocks-say-what-they-mean.js';
import type { ClockEntry } from '../pack/pack.schema.js';
import { adopting, isBound, type PolicyFiles } from './policy-files.js';
import { holesInTables } from './tables-name-one-row.js';

type Named = { readonly pack: string; readonly key: string; readonly entry: ClockEntry };

/** What stands against nothing and yet has to be known: which adopted clocks no code acts on, which laws were switched off. */
export function notesOn(files: Pick<PolicyFiles, 'packs' | 'companies'>): readonly Bilingual[] {
  const clocks = new Map<string, Named & { readonly isOff: boolean }>();
  for (const { company, packs } of adopting(files)) {
    for (const { id, params } of [{ id: company.id, params: company.own }, ...packs.map(({ pack }) => pack)]) {
      for (const [key, entry] of Object.entries(params)) {
        if (entry.kind !== 'clock' || !isBound(entry)) continue;
        clocks.set(`${id}/${key}`, { pack: id, key, entry, isOff: company.off.some((off) => off.key === key || off.key === `${id}/${key}`) });
      }
    }
  }
  const idle = [...clocks].filter(([, clock]) => !clock.isOff && isNotActedOn(clock)).map(([name]) => name);
  const off = [...clocks].filter(([, { isOff, entry }]) => isOff && entry.nature === 'regulatory').map(([name]) => name);
  return [
    ...(idle.length === 0 ? [] : [{ zh: `有 ${idle.length} 个时限已保存，程序尚未执行：${idle.join('、')}`, en: `${idle.length} clocks are kept and not acted on yet: ${idle.join(', ')}` }]),
    ...holesInTables(files), ...silencedByABareKey(files),
    ...(off.length === 0 ? [] : [{ zh: `关闭了 ${off.length} 个法定时限：${off.join('、')}`, en: `${off.length} regulatory clocks are switched off: ${off.join(', ')}` }]),
  ];
}

/** Switched off in a file that was copied, and stated by the pack that was written for it: the pack then rules nothing. */
function silencedByABareKey(files: Pick<PolicyFiles, 'packs' | 'companies'>): readonly Bilingual[] {
  return adopting(files).flatMap(({ company, packs }) => {
    const stated = packs.flatMap(({ pack }) => Object.entries(pack.params).filter(([key, entry]) => isBound(entry) && company.off.some((off) => off.key === key)).map(([key]) => `${pack.id}/${key}`));
    return stated.length === 0 ? [] : [{
      zh: `${company.id} 的 off 中只写键名，因而关闭了政策给出的数值：${stated.join('、')}；若要保留，删去该行，或写明政策，如 P000/…`,
      en: `${company.id} switches off by the bare key what adopted packs state: ${stated.join(', ')}; take the line out to keep it, or name the pack that is meant`,
    }];
  });
}
