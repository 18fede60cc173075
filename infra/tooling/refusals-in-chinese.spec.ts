import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './boundaries.mjs';

const root = join(import.meta.dirname, '..', '..');
const sources = filesBelow(root).filter((file) => /^(services|libs)\/.*\.ts$/.test(file) && !/\.spec\.ts$|\/(spec|testing)\//.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
const matches = (pattern: RegExp): readonly { readonly file: string; readonly said: string }[] =>
  sources.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, said = '']) => ({ file, said })));

/** What is typed stands in both languages as they are. */
const TO_TYPE = /aftercare policy check|aftercare token --roles|not in \[/g;

describe('what is said in Chinese', () => {
  it('holds no English sentence', () => {
    const texts = [...matches(/\bzh: ?'([^'\n]*)'/g), ...matches(/\bzh: ?`([^`\n]*)`/g)];
    expect(texts.length).toBeGreaterThan(200);
    // What is put in is a value; two English words after each other are words that nobody translated.
    expect(texts.filter(({ said }) => /[a-z]{2,} [a-z]{2,}/.test(said.replace(/\$\{[^}]*\}/g, '').replace(TO_TYPE, '')))).toEqual([]);
  });

  it('names a stage by its code or in Chinese words, never in English ones', () => {
    const stages = matches(/\bwrongStage\([^,()]+, (?:state\.\w+ === '[\w-]+' \? )?['`]([^'`]*)['`]/g);
    expect(stages.length).toBeGreaterThan(20);
    expect(stages.filter(({ said }) => !/^[a-z]+(-[a-z]+)*$/.test(said))).toEqual([]);
  });

  it('puts no bare code of a stage into a Chinese sentence', () => {
    const texts = matches(/\bzh: ?`([^`\n]*)`/g);
    expect(texts.some(({ said }) => said.includes('stageInChinese('))).toBe(true);
    expect(texts.filter(({ said }) => /\$\{(\w+\.)*(stage|stands)\}/.test(said))).toEqual([]);
  });
});
