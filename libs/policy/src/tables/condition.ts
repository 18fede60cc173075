import type { Bilingual } from 'aftercare/kernel';
import type { ColumnType } from '../pack/pack.schema.js';

/**
 * One cell of a decision table, read: the same test in the engine's language over one variable, and the values at which
 * its answer can change. Only what this grammar knows reaches the engine. The engine itself would take a forgotten quote
 * for the name of a variable that nobody set, and such a row would silently never match.
 *
 * Numbers: `< 5`, `<= 5`, `> 5`, `>= 5`, `!= 5`, `5`, `[1..5]`, `(1..5]`, `[1..5)`, `(1..5)`, several with commas between.
 * Money the same in yuan with two decimals. Words: `"a"`, `"a", "b"`, `!= "a"`, `not in ["a", "b"]`. Flags: `true`, `false`.
 */
export interface Condition {
  readonly expression: string;
  /** Numbers or words that the cell names; between two neighbours its answer stays the same. */
  readonly marks: readonly (number | string)[];
}

export type ReadCondition = Condition | { readonly why: Bilingual };

const COMPARISON = /^(<=|>=|<|>|==|!=)?\s*(\S+)$/;
const INTERVAL = /^([[(])\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\])])$/;
/** The engine knows no escapes within quotes, so a word with one kind of quote stands in the other kind. */
const WORD = /"[^"\\]*"|'[^'\\]*'/;
const WORDS = new RegExp(`^(?:${WORD.source})(?:\\s*,\\s*(?:${WORD.source}))*$`);

/** @param variable name of the variable that holds the input; made by us, never a name from the file. */
export function readCondition(text: string, type: ColumnType, variable: string): ReadCondition {
  const cell = text.trim();
  switch (type) {
    case 'money': return numbers(cell, variable, minorOfYuan, { zh: '带两位小数的金额（元），例如 5000.00', en: 'an amount in yuan with two decimals, such as 5000.00' });
    case 'integer': return numbers(cell, variable, wholeNumber, { zh: '整数', en: 'a whole number' });
    case 'word': return words(cell, variable);
    case 'flag': return cell === 'true' || cell === 'false'
      ? { expression: `${variable} == ${cell}`, marks: [] } : { why: { zh: '既非 true 也非 false：写其中之一', en: 'is neither true nor false: write one of them' } };
    case 'roles': return { why: { zh: '所在列为角色列，只能作为结果', en: 'stands in a column of roles, which can only be an output' } };
  }
}

/** `1000.00` to 100000; digits only, so that no decimal ever exists. Null for anything else. */
export function minorOfYuan(text: string): number | null {
  return /^\d{1,14}\.\d{2}$/.test(text) ? wholeNumber(text.replace('.', '')) : null;
}

function wholeNumber(text: string): number | null {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) + 0 : NaN;
  return Number.isSafeInteger(value) ? value : null;
}

function numbers(cell: string, variable: string, read: (text: string) => number | null, wanted: Bilingual): ReadCondition {
  const parts = cell.split(',').map((part) => oneNumber(part.trim(), variable, read, wanted));
  const wrong = parts.find((part) => 'why' in part);
  if (wrong) return wrong;
  const good = parts.filter((part) => 'marks' in part);
  return { expression: either(good.map(({ expression }) => expression)), marks: good.flatMap(({ marks }) => marks) };
}

function oneNumber(part: string, variable: string, read: (text: string) => number | null, wanted: Bilingual): ReadCondition {
  const interval = INTERVAL.exec(part);
  if (interval) {
    const [, open = '[', from = '', to = '', close = ']'] = interval;
    const [low, high] = [read(from), read(to)];
    if (low === null || high === null) return isNot(low === null ? from : to, wanted);
    const first = open === '[' ? low : low + 1;
    const last = close === ']' ? high : high - 1;
    if (first > last) return { why: { zh: `"${part}" 不含任何值：对调两端或改正`, en: `"${part}" holds nothing` } };
    return { expression: `${variable} >= ${first} and ${variable} <= ${last}`, marks: [first, last] };
  }
  const [, operator = '==', operand = ''] = COMPARISON.exec(part) ?? [];
  const value = read(operand);
  if (value === null) return isNot(operand || part, wanted);
  return { expression: `${variable} ${operator} ${value}`, marks: [value] };
}

const isNot = (written: string, wanted: Bilingual): { readonly why: Bilingual } =>
  ({ why: { zh: `"${written}" 不是${wanted.zh}`, en: `"${written}" is not ${wanted.en}` } });

function words(cell: string, variable: string): ReadCondition {
  const [, negated = '', bare, listed] = /^(!=\s*|not\s+in\s*)?(?:\[([\s\S]*)\]|([\s\S]+))$/.exec(cell) ?? [];
  const inBrackets = bare !== undefined;
  const text = (inBrackets ? bare : listed ?? '').trim();
  if (!WORDS.test(text) || inBrackets !== negated.startsWith('not')) return { why: { zh: '不是带引号的词：写成 "甲", "乙" 的形式', en: 'is not a list of words in quotes' } };
  const quoted = text.match(new RegExp(WORD.source, 'g')) ?? [];
  if (negated.startsWith('!=') && quoted.length > 1) return { why: { zh: '排除了多个词：写 not in ["a", "b"]', en: 'excludes several words: write not in ["a", "b"]' } };
  const tests = quoted.map((word) => `${variable} ${negated ? '!=' : '=='} ${word}`);
  return { expression: negated ? tests.join(' and ') : either(tests), marks: quoted.map((word) => word.slice(1, -1)) };
}

const either = (tests: readonly string[]): string => tests.map((test) => (tests.length > 1 ? `(${test})` : test)).join(' or ');
