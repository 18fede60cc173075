import type { Bilingual } from 'aftercare/kernel';
import { nearestWord } from '../tables/nearest-word.js';
import { fullWidthIn } from './yaml-words.js';
import { NEVER_ONLY_HAN, WITH_HAN } from './languages.js';

/** One error of the schema checker; `params` depend on the keyword. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly message: string;
  readonly params: object;
}

/** What stands at the place of an error, the members that the schema knows there, and the pattern of a text there. */
export interface Place { readonly written: unknown; readonly known: readonly string[]; readonly pattern: string | null }

/** As `packSchema` has it. */
const KEY_OF_A_PACK = '^[a-z0-9_]+(\\.[a-z0-9_]+)+$';

/** More words than a person reads in one sentence: the nearest one is named instead, where there is one. */
const NAMED_MOST = 12;

type Sentence = (params: Readonly<Record<string, unknown>>, place: Place) => Bilingual;

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { zh: '文字', en: 'a text' }, integer: { zh: '整数', en: 'a whole number' }, number: { zh: '数字', en: 'a number' }, boolean: { zh: ' true 或 false', en: 'true or false' },
  object: { zh: '若干“键: 值”', en: 'a mapping of keys to values' }, array: { zh: '列表', en: 'a list' }, null: { zh: ' null', en: 'null' },
};

/** What a pattern of the schemas lets through, with something to copy. A pattern without words is shown as it is. */
const PATTERNS: Readonly<Record<string, Bilingual>> = {
  [WITH_HAN]: { zh: 'zh 须为中文：用中文写；若中英文写反，请对调', en: 'zh must be in Chinese: write it in Chinese, or exchange it with en where the two were swapped' },
  [NEVER_ONLY_HAN]: { zh: 'en 须为英文：用英文写；若中英文写反，请对调', en: 'en must be in English: write it in English, or exchange it with zh where the two were swapped' },
  '^\\d{4}-\\d{2}-\\d{2}$': { zh: "须为日期：例如 '2026-03-31'", en: "must be a date: write it like '2026-03-31'" },
  '^\\d{1,11}\\.\\d{2}$': { zh: "须为带两位小数的金额文字（元）：例如 '5000.00'", en: "must be yuan with two decimals as a text: write it like '5000.00'" },
  '^[a-z]+(\\.[a-z-]+)?$': { zh: '须为角色代码：例如 intake.head', en: 'must be the code of a role: write it like intake.head' },
  '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$': { zh: "须为 '00:00' 至 '24:00' 的时刻：例如 '17:30'", en: "must be a clock time from '00:00' to '24:00': write it like '17:30'" },
  '^[A-Z0-9][A-Za-z0-9-]*$': { zh: '须为大写字母或数字开头的代码：例如 P001E', en: 'must be a code that begins with a capital or a digit: write it like P001E' },
  '^[a-z0-9][a-z0-9-]*$': { zh: '须为小写代码：例如 example-company', en: 'must be a code in small letters: write it like example-company' },
};

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function oneOf(allowed: readonly string[], written: unknown): Bilingual {
  const near = typeof written === 'string' ? nearestWord(written.slice(0, 200), allowed) : null;
  const few = allowed.length <= NAMED_MOST || near === null;
  const write = near === null ? { zh: '', en: '' } : { zh: `，应为 ${near}`, en: `: write ${near}?` };
  return few ? { zh: `须为以下之一：${allowed.join('、')}${write.zh}`, en: `must be one of ${allowed.join(', ')}${write.en}` }
    : { zh: `没有这个值：写 ${near}`, en: `is no value that is known: write ${near}?` };
}

function strangers(names: readonly string[], { known, pattern }: Place): Bilingual {
  const [name = ''] = names;
  const near = known.length === 0 ? null : nearestWord(name.slice(0, 200), known);
  const shown = names.slice(0, NAMED_MOST).map((one) => one.slice(0, 100));
  const instead = insteadOf(near, pattern);
  const hint = fullWidthIn(name);
  return withHint({ zh: `不认识的成员 ${shown.join('、')}：${instead.zh}`, en: `has additional properties ${shown.join(', ')}: ${instead.en}` }, hint);
}

function insteadOf(near: string | null, pattern: string | null): Bilingual {
  if (near !== null) return { zh: `应为 ${near}？`, en: `write ${near}?` };
  if (pattern === KEY_OF_A_PACK) return { zh: '键由小写字母、数字和 _ 组成，以 . 分段，例如 complaint.first_contact', en: 'a key has small letters, digits and _ in parts with a dot between them: write it like complaint.first_contact' };
  return { zh: '改正拼写，或删去', en: 'correct the spelling or take it out' };
}

const withHint = ({ zh, en }: Bilingual, hint: Bilingual | null): Bilingual => (hint === null ? { zh, en } : { zh: `${zh}（${hint.zh}）`, en: `${en} (${hint.en})` });

function ofType(type: unknown, { written, pattern }: Place): Bilingual {
  // An amount without quotes is a number: that it is no text would not tell what to write.
  if (pattern !== null && typeof written === 'number' && Object.hasOwn(PATTERNS, pattern)) return PATTERNS[pattern] as Bilingual;
  const names = list([type].flat());
  const one = names.map((name) => TYPES[name] ?? { zh: name, en: name });
  const said = { zh: `须为${one.map(({ zh }) => zh).join('或')}`, en: `must be ${one.map(({ en }) => en).join(' or ')}` };
  if (typeof written === 'number' && names.includes('string')) return withHint(said, { zh: `金额写成文字，例如 '${written.toFixed(2)}'`, en: `an amount is a text: write it like '${written.toFixed(2)}'` });
  return withHint(said, typeof written === 'string' ? fullWidthIn(written) : null);
}

const SENTENCES: Readonly<Record<string, Sentence>> = {
  type: ({ type }, place) => ofType(type, place),
  enum: ({ allowedValues }, { written }) => oneOf(list(allowedValues), written),
  const: ({ allowedValue }) => ({ zh: `须为 ${String(allowedValue)}`, en: `must be ${String(allowedValue)}` }),
  required: ({ requiredProperties }) => {
    const names = list(requiredProperties);
    return { zh: `缺少 ${names.join('、')}：请写出`, en: `must have ${names.join(', ')}: write what is missing` };
  },
  additionalProperties: ({ additionalProperties }, place) => strangers(list(additionalProperties), place),
  minLength: ({ limit }) => (limit === 1 ? { zh: '不能为空：请写出', en: 'must not be empty: write it' }
    : { zh: `至少 ${String(limit)} 个字符`, en: `must have ${String(limit)} characters or more` }),
  maxLength: ({ limit }) => ({ zh: `最多 ${String(limit)} 个字符：请缩短`, en: `must have ${String(limit)} characters at most: make it shorter` }),
  minItems: ({ limit }) => ({ zh: `至少 ${String(limit)} 项：请写出`, en: `must have ${String(limit)} item(s) or more: write them` }),
  maxItems: ({ limit }) => ({ zh: `最多 ${String(limit)} 项`, en: `must have ${String(limit)} items at most` }),
  minimum: ({ limit }) => ({ zh: `不能小于 ${String(limit)}：写 ${String(limit)} 或更大的数`, en: `must be ${String(limit)} or more` }),
  maximum: ({ limit }) => ({ zh: `不能大于 ${String(limit)}：写 ${String(limit)} 或更小的数`, en: `must be ${String(limit)} or less` }),
  pattern: ({ pattern }, { written }) => withHint(
    Object.hasOwn(PATTERNS, String(pattern)) ? PATTERNS[String(pattern)] as Bilingual : { zh: `须符合格式 ${String(pattern)}`, en: `must match pattern ${String(pattern)}` },
    typeof written === 'string' && ![WITH_HAN, NEVER_ONLY_HAN].includes(String(pattern)) ? fullWidthIn(written) : null,
  ),
};

/** What is wrong and what to write, in both languages on one line; the checker's own words for what no schema here asks. */
export function faultInWords({ keyword, params, message }: SchemaError, place: Place): string {
  const said = SENTENCES[keyword]?.(params as Readonly<Record<string, unknown>>, place);
  return said ? `${said.en} ${said.zh}` : message;
}
