import { readFileSync } from 'node:fs';
import type { ChaosResult } from './result.js';
import { SUITES } from './suites.js';

/** One result of runs that shared the suites among them. @throws Error when they are not of one seed and scale, or share a suite. */
export function sideBySide(files: readonly string[]): ChaosResult {
  const results = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as ChaosResult);
  const [first] = results;
  if (!first) throw new Error('--from names no file');
  if (results.some(({ seed, scale }) => seed !== first.seed || scale !== first.scale)) throw new Error('the runs have different seeds or scales: they are not parts of one');
  const ran = results.flatMap(({ suites }) => suites);
  const names = ran.map(({ suite }) => suite);
  if (new Set(names).size !== names.length) throw new Error('a suite is in two of the runs: nobody could tell which one counts');
  return {
    ...first,
    beganAt: results.map(({ beganAt }) => beganAt).sort()[0] ?? first.beganAt,
    seconds: Math.max(...results.map(({ seconds }) => seconds)),
    suites: SUITES.flatMap(({ name }) => ran.filter(({ suite }) => suite === name)),
  };
}
