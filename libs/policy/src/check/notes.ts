import type { Bilingual } from 'aftercare/kernel';
import { isNotActedOn } from './clocks-say-what-they-mean.js';
import type { ClockEntry } from '../pack/pack.schema.js';
import { adopting, isBound, type PolicyFiles } from './policy-files.js';

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
    ...(off.length === 0 ? [] : [{ zh: `关闭了 ${off.length} 个法定时限：${off.join('、')}`, en: `${off.length} regulatory clocks are switched off: ${off.join(', ')}` }]),
  ];
}
