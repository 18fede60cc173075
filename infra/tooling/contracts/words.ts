import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHINESE_TERMS } from '../../cli/words/index.js';
import type { Words } from './record-schema.js';

const DECLARED = /(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?export const (\w+) = eventType\(/g;

/** The comment above each event type, on one line: what the code says to programmers, the reference says to everybody. */
export function commentsIn(source: string): ReadonlyMap<string, string> {
  return new Map([...source.matchAll(DECLARED)].flatMap(([, comment, name]) => (
    comment && name ? [[name, comment.replace(/^\s*\*/gm, '').replace(/\s+/g, ' ').trim()]] : [])));
}

/** The term that staff use, and what the contracts say about the event. */
export function wordsFrom(root: string): (type: string) => Words {
  const folder = join(root, 'libs/contracts/src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.events.ts'));
  const comments = commentsIn(sources.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n'));
  return (type) => {
    const description = comments.get(type);
    return { title: CHINESE_TERMS[type] ? `${CHINESE_TERMS[type]} ${type}` : type, ...(description && { description }) };
  };
}
