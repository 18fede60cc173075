import { readFileSync } from 'node:fs';
import type { Document, Node, YAMLParseError } from 'yaml';
import { isOpen, slipInWords } from './yaml-words.js';

export type YamlPath = readonly (string | number)[];

/** `line` counts from 1. `says` is in both languages, with the line of the file below it where that helps. */
export interface YamlFault { readonly line: number; readonly says: string }

export type YamlRead =
  | { readonly sound: true; readonly content: unknown; /** Line of the innermost part of a path that is there. */ readonly lineOf: (path: YamlPath) => number }
  | { readonly sound: false; readonly faults: readonly YamlFault[] };

const MOST_SHOWN = 72;

/** The parser is loaded when a file is read: a running service reads none. */
export async function readYaml(file: string): Promise<YamlRead> {
  const bytes = readFileSync(file);
  const text = new TextDecoder().decode(bytes);
  const misread = placeOfForeignBytes(bytes, text);
  if (misread !== null) return unsound([{ line: lineAt(text, misread), says: 'is not written in UTF-8: save the file as UTF-8 不是 UTF-8 编码：请另存为 UTF-8' }]);
  const yaml = await import('yaml');
  const document = yaml.parseDocument(text, { uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) return unsound(faultsIn(document.errors, text));
  const decimals = decimalsIn(yaml, document, text);
  if (decimals.length > 0) return unsound(decimals);
  try {
    return { sound: true, content: document.toJS() as unknown, lineOf: (path) => lineAt(text, offsetOf(yaml, document.contents, path)) };
  } catch (error) {
    // An alias is looked up only now, and `*` at the beginning of a text is taken for one.
    if (!(error instanceof ReferenceError)) throw error;
    return unsound([{ line: lineAt(text, aliasIn(yaml, document)), says: both(slipInWords({ code: 'BAD_ALIAS', message: '', at: '', line: '' })) }]);
  }
}

const unsound = (faults: readonly YamlFault[]): YamlRead => ({ sound: false, faults });
const both = ({ en, zh }: { readonly en: string; readonly zh: string }): string => `${en} ${zh}`;
const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** A file in the code page of a Chinese Windows reads as noise that no pattern of a schema catches, and would be adopted for good. */
function placeOfForeignBytes(bytes: Uint8Array, text: string): number | null {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return null;
  } catch {
    return Math.max(0, text.indexOf('\ufffd'));
  }
}

/** One misplaced sign makes a fault of every line that follows: of those only the first is told, which is where to look. */
function faultsIn(errors: readonly YAMLParseError[], text: string): readonly YamlFault[] {
  const broken = errors.filter(({ code }) => code !== 'DUPLICATE_KEY').sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || a.pos[0] - b.pos[0]);
  const [first] = broken;
  if (!first) return errors.map((error) => faultIn(error, text, ''));
  const others = broken.length - 1;
  return [faultIn(first, text, others === 0 ? '' : ` (${others} more may follow from it 另有 ${others} 处可能由此引起)`)];
}

function faultIn({ code, message, pos: [from, to] }: YAMLParseError, text: string, follow: string): YamlFault {
  const begin = text.lastIndexOf('\n', from - 1) + 1;
  const [line = ''] = text.slice(begin).split(/\r?\n/);
  const at = code === 'DUPLICATE_KEY' ? /^[^:\s]*/.exec(text.slice(from))?.[0] ?? '' : text.slice(from, Math.max(to, from + 1)).slice(0, 40);
  const says = `${both(slipInWords({ code, message, at, line }))}${follow}`;
  return { line: lineAt(text, from), says: line.trim() === '' ? says : `${says}\n  > ${excerpt(line, from - begin)}` };
}

/** As much of a line as fits below a message, with the place that is meant in it. */
function excerpt(line: string, column: number): string {
  const start = line.length <= MOST_SHOWN ? 0 : Math.max(0, Math.min(column - MOST_SHOWN / 2, line.length - MOST_SHOWN));
  const shown = line.slice(start, start + MOST_SHOWN).replaceAll('\t', '⇥');
  return `${start > 0 ? '…' : ''}${shown}${start + MOST_SHOWN < line.length ? '…' : ''}`;
}

type Yaml = typeof import('yaml');

function offsetOf({ isMap, isScalar, isSeq }: Yaml, contents: unknown, path: YamlPath): number {
  let node = contents;
  let offset = (contents as Node | null)?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** No policy has a number with decimals, and `20000.00` for yuan would be read as so many fen without a word. */
function decimalsIn({ visit }: Yaml, document: Document, text: string): readonly YamlFault[] {
  const found: YamlFault[] = [];
  visit(document, { Scalar: (_, { value, source = '', range }) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || !/[.e]/i.test(source) || source.startsWith('0x')) return;
    found.push({ line: lineAt(text, range?.[0] ?? 0), says: both({
      zh: `${source} 会被读作 ${value}：写不带小数的整数（以分计的金额亦同），或给文字加引号，如 '5000.00'`,
      en: `${source} would be read as ${value}: write a whole number without decimals, also for an amount in fen, or put a text into quotes, like '5000.00'`,
    }) });
  } });
  return found;
}

function aliasIn({ visit }: Yaml, document: Document): number {
  let offset = 0;
  visit(document, { Alias: (_, node) => {
    if (node.resolve(document) !== undefined) return undefined;
    offset = node.range?.[0] ?? 0;
    return visit.BREAK;
  } });
  return offset;
}
