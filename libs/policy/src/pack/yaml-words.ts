import type { Bilingual } from 'aftercare/kernel';

/** One error of the YAML parser: its code, its own words, the text it is about and the line that holds it. */
export interface YamlSlip {
  readonly code: string;
  readonly message: string;
  /** The characters it points at. */
  readonly at: string;
  readonly line: string;
}

const NO_KEY: Bilingual = { zh: '此行不是“键: 值”：键后写半角冒号和一个空格', en: 'this line is no "key: value": write a colon and a blank after the key' };
const QUOTED: Bilingual = { zh: '此符号在 YAML 中另有含义：给文字加引号', en: 'this sign has a meaning of its own in YAML: put the text into quotes' };
const OTHERWISE: Bilingual = { zh: '此处不是有效的 YAML：检查缩进、引号、括号和冒号', en: 'this is no YAML: check indentation, quotes, brackets and colons' };

/** By the codes of the parser; where it has one code for several slips its own words tell them apart. */
const SENTENCES: Readonly<Record<string, (slip: YamlSlip) => Bilingual>> = {
  TAB_AS_INDENT: () => ({ zh: '用制表符缩进：改用空格', en: 'a tab indents it: use blanks' }),
  DUPLICATE_KEY: ({ at }) => ({ zh: `${at} 在同一处出现了两次：只留一个`, en: `${at} stands there twice: keep one of them` }),
  BAD_INDENT: (slip) => unclosed(slip) ?? { zh: '缩进与同级的上一行不一致：对齐', en: 'the indentation is not that of the line before it on the same level: align them' },
  BLOCK_AS_IMPLICIT_KEY: () => ({
    zh: '此值之后不能再有“键: 值”：检查本行与下一行的缩进；含“: ”的文字要加引号',
    en: 'no further "key: value" can follow this value: check the indentation of this line and the next, and put a text with ": " in it into quotes',
  }),
  MULTILINE_IMPLICIT_KEY: () => NO_KEY,
  BLOCK_IN_FLOW: () => ({ zh: '{ } 或 [ ] 之内多了一个“: ”：补上半角逗号，或给文字加引号', en: 'there is one ": " too many within { } or [ ]: write the comma that is missing, or put the text into quotes' }),
  BAD_SCALAR_START: ({ message }) => {
    const [sign = ''] = /\S$/.exec(message) ?? [];
    return { zh: `文字不能以 ${sign} 开头：加引号`, en: `a text cannot begin with ${sign}: put it into quotes` };
  },
  MISSING_CHAR: (slip) => unclosed(slip) ?? missing(slip.message),
  UNEXPECTED_TOKEN: ({ at }) => (at.trim() === '' ? OTHERWISE : { zh: `此处不应有 ${at}：删去，或给文字加引号`, en: `${at} cannot stand here: take it out, or put the text into quotes` }),
  MULTIPLE_DOCS: () => ({ zh: '--- 开始了第二份文档：一个文件只写一份', en: '--- begins a second document: write one into a file' }),
  BAD_DQ_ESCAPE: () => ({ zh: '双引号中的 \\ 另有含义：写 \\\\，或改用单引号', en: 'within double quotes a \\ has a meaning of its own: write \\\\, or use single quotes' }),
  BAD_ALIAS: () => QUOTED, ALIAS_PROPS: () => QUOTED, MULTIPLE_ANCHORS: () => QUOTED, MULTIPLE_TAGS: () => QUOTED, TAG_RESOLVE_FAILED: () => QUOTED, BAD_DIRECTIVE: () => QUOTED, BAD_PROP_ORDER: () => QUOTED,
};

/** A bracket or quote that stays open swallows what follows, and the faults in there are none. */
export const isOpen = ({ message }: Pick<YamlSlip, 'message'>): boolean => /end with a \S$|^Missing closing/.test(message);

function unclosed({ message }: YamlSlip): Bilingual | null {
  const [, sign] = /end with a (\S)$/.exec(message) ?? [];
  return sign === undefined ? null : {
    zh: `前面的括号没有关闭：补上 ${sign}；若括号占多行，各行须比键缩进更深`, en: `a bracket before it is not closed: write ${sign}, and indent what stands in it further than its key`,
  };
}

function missing(message: string): Bilingual {
  if (message.startsWith('Missing closing')) return { zh: '引号没有关闭：补上', en: 'the closing quote is missing: write it' };
  if (message.startsWith('Missing ,')) return { zh: '缺少半角逗号：补上', en: 'a comma is missing before it: write it' };
  if (message.startsWith('Missing space')) return { zh: '冒号后缺少空格：补上', en: 'a blank is missing after the colon: write it' };
  if (message.startsWith('Sequence item')) return { zh: '列表的此行缺少“- ”：补上', en: 'this line of a list has no "- ": write it' };
  return message.startsWith('Implicit map keys') ? NO_KEY : OTHERWISE;
}

/** Signs of a Chinese keyboard that look like those of YAML and are letters to it. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  '：': ':', '，': ',', '［': '[', '］': ']', '【': '[', '】': ']', '｛': '{', '｝': '}', '“': '"', '”': '"', '‘': "'", '’': "'", '＜': '<', '＞': '>', '＝': '=', '－': '-', '＃': '#', '　': ' ',
};

/** Null where the text has none of them. */
export function fullWidthIn(text: string): Bilingual | null {
  const signs = [...new Set(text)].filter((sign) => Object.hasOwn(FULL_WIDTH, sign));
  if (signs.length === 0) return null;
  const instead = signs.map((sign) => FULL_WIDTH[sign]).join(' ');
  return { zh: `含全角符号 ${signs.join(' ')}，若不是正文，改为半角 ${instead}`, en: `it has the full-width ${signs.join(' ')}: where that is no text, write ${instead}` };
}

/** What is wrong and what to do, in both languages. */
export function slipInWords(slip: YamlSlip): Bilingual {
  const said = SENTENCES[slip.code]?.(slip) ?? OTHERWISE;
  const hint = fullWidthIn(slip.line);
  return hint === null ? said : { zh: `${said.zh}（此行${hint.zh}）`, en: `${said.en} (${hint.en})` };
}
