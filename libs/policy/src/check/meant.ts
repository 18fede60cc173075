import type { Bilingual } from 'aftercare/kernel';
import { nearestWord } from '../tables/nearest-word.js';

/** Words that nothing has are slips of the pen more often than not: the nearest one is proposed, where one is near. */
export function meant(written: string, known: Iterable<string>): Bilingual {
  const near = nearestWord(written.slice(0, 200), [...new Set(known)]);
  return near === null ? { zh: '改正拼写，或删去', en: 'correct its spelling or take it out' } : { zh: `应为 ${near}？否则删去`, en: `write ${near}? Otherwise take it out` };
}
