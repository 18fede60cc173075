import type { Bilingual } from 'aftercare/kernel';

export const LANGUAGES = ['zh', 'en', 'both'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Words in both languages, or a text that is the same in either: a key, a clause, a date. */
export type Line = string | Words;

interface Words extends Bilingual {
  /** On one line for readers of both, where most of it is the same in either. */
  readonly both?: string;
}

/** Lines one below the other. */
export type Cell = readonly Line[];

/** One table under its own title. `rows` may be empty: then nothing of the kind is there. */
export interface Section {
  readonly title: Bilingual;
  readonly head: readonly Bilingual[];
  readonly rows: readonly (readonly Cell[])[];
  /** Clause, source and note of a table that stands for one entry. */
  readonly about?: Cell;
}

/** A pack or a company file as people read it, before it becomes text of one kind or another. */
export interface PolicyView {
  readonly title: string;
  readonly facts: readonly (readonly [Bilingual, Cell])[];
  readonly sections: readonly Section[];
}

/** What a line says in a language; in both of them on two lines, unless they are the same. */
export function linesIn(language: Language, line: Line): readonly string[] {
  if (typeof line === 'string') return [line];
  if (language !== 'both') return [line[language]];
  if (line.both !== undefined) return [line.both];
  return line.zh === line.en ? [line.zh] : [line.zh, line.en];
}

/** On one line, for headings. */
export function onOneLine(language: Language, line: Line): string {
  return linesIn(language, line).join(' ');
}

/** Each language of its own from parts that may be the same in both. */
export function joined(separator: Bilingual, parts: readonly Line[]): Bilingual {
  const of = (language: 'zh' | 'en'): string => parts.map((part) => (typeof part === 'string' ? part : part[language])).filter((part) => part !== '').join(separator[language]);
  return { zh: of('zh'), en: of('en') };
}
