import type { Bilingual } from 'aftercare/kernel';
import type { TableEntry } from '../pack/pack.schema.js';
import { askedOf, takenFrom } from './asked.js';
import { readCondition } from './condition.js';
import { nearestWord } from './nearest-word.js';

type Row = NonNullable<TableEntry['value']>[number];

/**
 * Words in a table that the asking code never gives or does not understand. A row with such a condition is silently
 * passed over, or with a negated one silently taken, and the decision falls to another row; an outcome decides nothing.
 */
export function wordsOfNoVocabulary(key: string, { inputs, outputs, value }: TableEntry): readonly Bilingual[] {
  const asked = askedOf(key);
  if (!asked) return [];
  const taken = takenFrom(asked, outputs);
  const givenWords = (name: string): readonly string[] | null => {
    const given = Object.hasOwn(asked.given, name) ? asked.given[name] : undefined;
    return given?.type === 'word' && inputs[name] === 'word' && given.words !== 'open' ? given.words : null;
  };
  return (value ?? []).flatMap((row) => [
    ...Object.entries(row.if).flatMap(([name, condition]) => unknownIn(wordsIn(condition), givenWords(name), (word, words) => neverGiven(row, name, word, words))),
    ...Object.entries(taken).flatMap(([name, { words }]) => unknownIn(outcomesOf(row, name), words ?? null, (word, known) => notUnderstood(row, name, word, known))),
  ]);
}

function unknownIn(said: readonly string[], words: readonly string[] | null, tell: (word: string, words: readonly string[]) => Bilingual): readonly Bilingual[] {
  return words === null ? [] : [...new Set(said)].filter((word) => !words.includes(word)).map((word) => tell(word, words));
}

/** Of a condition that cannot be read nothing is said here: that it cannot is a finding of its own. */
function wordsIn(condition: string): readonly string[] {
  const read = readCondition(condition, 'word', 'word');
  return 'why' in read ? [] : read.marks.map(String);
}

const outcomesOf = ({ then }: Row, name: string): readonly string[] => (then === null || !Object.hasOwn(then, name) ? [] : [then[name] ?? []].flat().map(String));

const neverGiven = ({ id }: Row, name: string, word: string, words: readonly string[]): Bilingual => ({
  zh: `行 ${id}：条件 ${name} 中的 "${word}" 从不出现${instead(word, words).zh}`,
  en: `row ${id}: "${word}" is no word that ${name} ever has${instead(word, words).en}`,
});

const notUnderstood = ({ id }: Row, name: string, word: string, words: readonly string[]): Bilingual => ({
  zh: `行 ${id}：结果 ${name} 的 "${word}" 程序不认识${instead(word, words).zh}`,
  en: `row ${id}: ${name} "${word}" is not understood${instead(word, words).en}`,
});

function instead(word: string, words: readonly string[]): Bilingual {
  const near = nearestWord(word, words);
  const [zh, en] = [words.join('、'), words.join(', ')];
  return near === null ? { zh: `；可用：${zh}`, en: `; it must be one of ${en}` } : { zh: `，应为 "${near}"？可用：${zh}`, en: `: write "${near}"? It must be one of ${en}` };
}
