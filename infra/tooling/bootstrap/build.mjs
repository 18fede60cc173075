import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotPrepare, ROOT, working } from './say.mjs';

const SOURCE_FOLDERS = ['libs', 'services', 'infra'];
const CONFIGS = ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'];
const STAMP = join(ROOT, 'dist', '.built-from.json');

function sourceFiles(folder) {
  let entries;
  try { entries = readdirSync(join(ROOT, folder), { withFileTypes: true }); } catch { return []; }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(path);
    return /\.(ts|json)$/.test(entry.name) ? [path] : [];
  });
}

/** Path to "size and time of change", of everything the compiler reads. */
function presentSources() {
  const files = [...CONFIGS, ...SOURCE_FOLDERS.flatMap(sourceFiles)];
  return Object.fromEntries(files.map((path) => {
    const { size, mtimeMs } = statSync(join(ROOT, path));
    return [path, `${size}@${mtimeMs}`];
  }));
}

function builtFrom() {
  try { return JSON.parse(readFileSync(STAMP, 'utf8')); } catch { return {}; }
}

export function differs(before, now) {
  const paths = Object.keys(now);
  return paths.length !== Object.keys(before).length || paths.some((path) => before[path] !== now[path]);
}

/** A file whose source is gone would still be found by whoever lists a folder of dist/, reactions for example. */
function removeOrphans(before, now) {
  for (const path of Object.keys(before)) {
    if (path in now || !path.endsWith('.ts')) continue;
    const built = join(ROOT, 'dist', path.replace(/\.ts$/, '.js'));
    rmSync(built, { force: true });
    rmSync(`${built}.map`, { force: true });
  }
}

/** @throws {CannotPrepare} */
export async function buildWhenDue() {
  const before = builtFrom();
  const now = presentSources();
  if (!differs(before, now)) return;
  const done = working('building dist/');
  removeOrphans(before, now);
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json', '--pretty', 'false'], { cwd: ROOT, encoding: 'utf8' });
  done(result.status === 0 ? 'done' : 'failed');
  if (result.status !== 0) {
    process.stderr.write(result.stdout);
    throw new CannotPrepare('the sources do not compile: correct the lines above and repeat.');
  }
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(STAMP, JSON.stringify(now));
}
