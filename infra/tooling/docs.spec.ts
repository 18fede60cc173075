import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** A path is written in backticks and begins with a room of this repository; `…` and `<…>` stand for any name. */
const PATH = /`((?:services|libs|infra|docs)\/[^`\s]*)`/g;
const LINK = /\]\(([^)\s]+)\)/g;

const withoutFences = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** True when something matches; `*` stands for any part of one name. */
function isThere(root: string, path: string): boolean {
  const [first = '', ...rest] = path.split('/');
  if (first === '') return rest.length === 0;
  const names = first.includes('*') ? readdirSync(root).filter((name) => asPattern(first).test(name)) : [first];
  return names.some((name) => {
    const found = join(root, name);
    return existsSync(found) && (rest.length === 0 || isThere(found, rest.join('/')));
  });
}

const asPattern = (name: string): RegExp => new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

/** What a page points to and nobody finds. */
function brokenIn(page: string, text: string): string[] {
  const links = [...text.matchAll(LINK)].map(([, target = '']) => target)
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .filter((target) => !existsSync(join(ROOT, dirname(page), decodeURIComponent(target.split('#')[0] as string))));
  const paths = [...withoutFences(text).matchAll(PATH)].map(([, path = '']) => path)
    .filter((path) => !/[<…]/.test(path) && !isThere(ROOT, path));
  return [...links, ...paths];
}

/** Written by tools, which shorten paths to fit their tables. */
const GENERATED = ['docs/domain/coverage.md', 'docs/assurance/performance.md', 'docs/assurance/reliability.md'];

const pages = ['README.md', ...readdirSync(join(ROOT, 'docs'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
  .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
  .filter((page) => !GENERATED.includes(page))];

describe('the pages for people', () => {
  it.each(pages)('%s points only to what is there', (page) => {
    expect(brokenIn(page, readFileSync(join(ROOT, page), 'utf8'))).toEqual([]);
  });

  it('a link, a path and a pattern that lead nowhere are found', () => {
    const text = 'see [x](nowhere.md), `libs/kernel/src/no-such-file.ts` and `services/*/src/nowhere/`';
    expect(brokenIn('docs/architecture/README.md', text)).toEqual(['nowhere.md', 'libs/kernel/src/no-such-file.ts', 'services/*/src/nowhere/']);
    expect(brokenIn('README.md', '[a](LICENSE#x) [b](https://example.org) `services/*/src/reactions/` `services/<dept>/src/x.ts`')).toEqual([]);
  });

  it('the README is read in one go: 60 to 120 lines', () => {
    const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').trimEnd().split('\n').length;
    expect(lines).toBeGreaterThanOrEqual(60);
    expect(lines).toBeLessThanOrEqual(120);
  });
});
