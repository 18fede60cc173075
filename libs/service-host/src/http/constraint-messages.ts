import { OPENED_CASE, type Bilingual } from 'aftercare/kernel';
import { nearestWord } from 'aftercare/policy';

type Values = readonly unknown[];

/** More words than a person reads in one sentence are told with the nearest one first. */
const MOST_WORDS_WITHOUT_GUIDE = 12;
const NAMED_MOST = 100;

const wordsOf = (allowed: unknown): readonly string[] => (Array.isArray(allowed) ? allowed : Object.values((allowed ?? {}) as object)).slice(0, NAMED_MOST).map(String);

function oneOf([allowed]: Values, given: unknown): Bilingual {
  const words = wordsOf(allowed);
  const near = words.length > MOST_WORDS_WITHOUT_GUIDE && typeof given === 'string' ? nearestWord(given.slice(0, 100), words) : null;
  const list = words.join(', ');
  return { zh: `${near === null ? '' : `应为 ${near}？`}须为以下之一：${list}`, en: near === null ? `must be one of: ${list}` : `is not known: write ${near}? It must be one of: ${list}` };
}

/** Of a list the first wrong item by its place, because the item itself may be a name that somebody put there. */
function eachOneOf([allowed]: Values, given: Values): Bilingual {
  const words = wordsOf(allowed);
  const place = given.findIndex((item) => typeof item !== 'string' || !words.includes(item));
  const item = given[place];
  const near = typeof item === 'string' ? nearestWord(item.slice(0, 100), words) : null;
  const list = words.join(', ');
  return {
    zh: `第 ${place + 1} 项无此用词${near === null ? '；' : `，应为 ${near}？`}各项须为以下之一：${list}`,
    en: `has an item ${place + 1} that is not known${near === null ? '.' : `: write ${near}?`} Each must be one of: ${list}`,
  };
}

/** What each class-validator constraint asks for, in both languages. The values are those of the decorator. */
const ASKS: Readonly<Record<string, (values: Values, given: unknown) => Bilingual>> = {
  isDefined: () => ({ zh: '必须提供', en: 'is required' }),
  isNotEmpty: () => ({ zh: '不能为空', en: 'must not be empty' }),
  isString: () => ({ zh: '必须是文字', en: 'must be a text' }),
  isBoolean: () => ({ zh: '必须是 true 或 false', en: 'must be true or false' }),
  isInt: () => ({ zh: '必须是整数', en: 'must be an integer' }),
  isNumber: () => ({ zh: '必须是数字', en: 'must be a number' }),
  isPositive: () => ({ zh: '必须大于 0', en: 'must be more than 0' }),
  isNumberString: () => ({ zh: '必须是数字字符', en: 'must consist of digits' }),
  min: ([least]) => ({ zh: `不能小于 ${String(least)}`, en: `must not be less than ${String(least)}` }),
  max: ([most]) => ({ zh: `不能大于 ${String(most)}`, en: `must not be more than ${String(most)}` }),
  minLength: ([least]) => ({ zh: `至少 ${String(least)} 个字符`, en: `must have at least ${String(least)} characters` }),
  maxLength: ([most]) => ({ zh: `最多 ${String(most)} 个字符`, en: `must have at most ${String(most)} characters` }),
  isLength: ([least, most]) => ({ zh: `长度须为 ${String(least)} 至 ${String(most ?? '∞')} 个字符`, en: `must have ${String(least)} to ${String(most ?? '∞')} characters` }),
  isEnum: oneOf,
  isIn: oneOf,
  isNotIn: () => ({ zh: '此值不允许', en: 'must not have this value' }),
  equals: ([wanted]) => ({ zh: `必须是 ${String(wanted)}`, en: `must be ${String(wanted)}` }),
  isReason: ([least]) => ({ zh: `至少 ${String(least)} 个字符，首尾不能是空格，不能换行`, en: `must have at least ${String(least)} characters, no blank at either end and no line break` }),
  matches: ([pattern]) => (pattern === OPENED_CASE
    ? { zh: '须为立案时返回的 id（UUIDv7，小写），而不是 CMP- 号码；没有案件时请留空', en: 'must be the `id` that opening the case gave (a UUIDv7 in lower case), not its CMP- number; leave it out where there is no case' }
    : { zh: '格式不正确', en: 'has the wrong format' }),
  isIso8601: () => ({ zh: '必须是 ISO 8601 日期或时间', en: 'must be an ISO 8601 date or time' }),
  isDateString: () => ({ zh: '必须是 ISO 8601 日期或时间', en: 'must be an ISO 8601 date or time' }),
  isRFC3339: () => ({ zh: '必须是带时区的日期时间', en: 'must be a date and time with zone' }),
  isUuid: () => ({ zh: '必须是 UUID', en: 'must be a UUID' }),
  isEmail: () => ({ zh: '必须是电子邮件地址', en: 'must be an e-mail address' }),
  isArray: () => ({ zh: '必须是列表', en: 'must be a list' }),
  isObject: () => ({ zh: '必须是对象', en: 'must be an object' }),
  arrayNotEmpty: () => ({ zh: '列表不能为空', en: 'must not be an empty list' }),
  arrayMinSize: ([least]) => ({ zh: `至少 ${String(least)} 项`, en: `must have at least ${String(least)} items` }),
  arrayMaxSize: ([most]) => ({ zh: `最多 ${String(most)} 项`, en: `must have at most ${String(most)} items` }),
  arrayUnique: () => ({ zh: '各项不能重复', en: 'must not repeat an item' }),
  nestedValidation: () => ({ zh: '必须是对象或对象列表', en: 'must be an object or a list of objects' }),
  whitelistValidation: () => ({ zh: '不认识的成员', en: 'is not a known member' }),
};

/** The message for one failed constraint, which may be about `each` item. A constraint without an entry still says which one it was. */
export function messageOf(constraint: string, values: Values, given?: unknown, each = false): Bilingual {
  if (each && constraint === 'isIn' && Array.isArray(given)) return eachOneOf(values, given);
  return ASKS[constraint]?.(values, given) ?? { zh: `不符合规则 ${constraint}`, en: `does not meet ${constraint}` };
}
