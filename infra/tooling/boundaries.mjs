/**
 * Who may import whom, as a table. Run over a tree of files it names every arrow that the architecture does not have;
 * each rule has a fixture in fixtures/boundaries that breaks it, so that a rule that no longer looks is noticed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { circlesIn } from './circles.mjs';

/** What each library may know; a library that is not named here may know nothing. */
export const LIBRARIES = {
  kernel: [],
  contracts: ['kernel'],
  policy: ['kernel', 'contracts'],
  'event-store': ['kernel'],
  privacy: ['kernel'],
  projections: ['kernel', 'event-store'],
  messaging: ['kernel', 'event-store'],
  access: ['kernel'],
  'service-host': ['kernel', 'contracts', 'policy', 'event-store', 'privacy', 'projections', 'messaging', 'access'],
  testing: ['kernel', 'contracts', 'policy'],
};
/** A decision may know what happened and under which policy, nothing of stores, frameworks or the machine. */
const PURE = /\.decide\.ts$|\/rules\/[^/]+\.ts$/;
const KNOWN_TO_PURE = new Set(['aftercare/kernel', 'aftercare/contracts', 'aftercare/policy']);
/** Kernel stays without dependencies; it may use the hash that the platform brings. */
const KNOWN_TO_KERNEL = new Set(['node:crypto']);

const IMPORT = /\bfrom\s+['"]([^'"\n]+)['"]|^\s*import\s+['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/gm;
const SPEC = /\.(spec|bench|journey|chaos)\.m?ts$|\/(spec|contract|fixtures|testing)\//;

/** In infra a simulated world and its parts may know each other; what the product is made of can be read from the ground up. */
const MUST_HAVE_AN_ORDER = /^(libs|services)\//;

/** The repository holds hundreds. */
const FEWEST_FILES = 50;

/** @typedef {{ rule: string, file: string, imports: string }} Violation */

/** All arrows out of one file, as module names. */
export function importsOf(text) {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3]);
}

/** @returns {Violation[]} @param {string} root folder that holds `libs`, `services` and `infra` */
export function violationsIn(root) {
  const arrows = filesBelow(root).map((file) => ({ file, imports: importsOf(readFileSync(join(root, file), 'utf8')) }));
  return [
    ...arrows.flatMap(({ file, imports }) => imports.flatMap((imported) => rulesBroken(file, imported).map((rule) => ({ rule, file, imports: imported })))),
    ...circlesIn(arrows.filter(({ file }) => MUST_HAVE_AN_ORDER.test(file) && !SPEC.test(file))).map(([file, ...others]) => ({
      rule: 'files-import-in-one-direction', file, imports: others.join(', '),
    })),
  ];
}

/** Every file the rules are held against, relative to `root`. @param {string} root */
export function filesBelow(root) {
  return ['libs', 'services', 'infra'].flatMap((top) => {
    try {
      return readdirSync(join(root, top), { recursive: true, withFileTypes: true });
    } catch {
      return [];
    }
  }).filter((entry) => entry.isFile() && /\.(ts|mts|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((file) => !file.includes('/fixtures/'));
}

function rulesBroken(file, imported) {
  const target = imported.startsWith('.') ? posix.normalize(posix.join(dirname(file), imported)) : imported;
  const [top, room] = file.split('/');
  const broken = [];
  const [targetTop, targetRoom] = target.split('/');
  if (top === 'services' && targetTop === 'services' && targetRoom !== room) broken.push('a-service-never-imports-another-service');
  if (top !== 'infra' && targetTop === 'infra' && imported.startsWith('.') && !SPEC.test(file)) broken.push('only-infra-knows-infra');
  if (targetTop === 'libs' && (top !== 'libs' || targetRoom !== room) && !SPEC.test(file)) broken.push('a-library-has-one-door');
  if (top === 'libs' && target.startsWith('aftercare/') && !SPEC.test(file) && !(LIBRARIES[room] ?? []).includes(target.slice('aftercare/'.length))) {
    broken.push('a-library-knows-only-what-the-table-allows');
  }
  if (top === 'libs' && room === 'kernel' && !imported.startsWith('.') && !SPEC.test(file) && !KNOWN_TO_KERNEL.has(imported)) {
    broken.push('the-kernel-has-no-dependency');
  }
  if (top === 'services' && PURE.test(file) && !imported.startsWith('.') && !KNOWN_TO_PURE.has(imported)) broken.push('a-decision-is-pure');
  if (top === 'services' && PURE.test(file) && /\.(controller|view)\.js$|\/reactions\//.test(target)) broken.push('a-decision-is-pure');
  return broken;
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split(sep).join('/'))) {
  const root = process.argv[2] ?? '.';
  const count = filesBelow(root).length;
  // A wrong folder breaks no rule either, and must not pass for a repository that keeps them.
  if (count < FEWEST_FILES) {
    console.error(`boundaries: only ${count} files below ${root}: this is not the repository`);
    process.exit(1);
  }
  const found = violationsIn(root);
  for (const { rule, file, imports } of found) console.error(`${file}: imports ${imports} (${rule})`);
  console.error(found.length === 0 ? 'boundaries: every import is one of the architecture' : `boundaries: ${found.length} imports are not of the architecture`);
  process.exit(found.length === 0 ? 0 : 1);
}
