/**
 * Which rule or event carries each requirement and which test shows it. Ids are read from the code and from test
 * names; the tests that cite one are run, because a citation of a test that does not run proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..', '..');
const ID = /\bP\d{3}[A-E]?-\d{2}\b/g;

/** @param {string} text */
export const idsIn = (text) => new Set(text.match(ID) ?? []);

function filesBelow(root, tops) {
  return tops.flatMap((top) => readdirSync(join(root, top), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !(entry.parentPath ?? entry.path).includes(`${sep}fixtures`))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .toSorted();
}

/** Files by the id they cite: `carriers` are the code, `specs` the files whose text cites one. */
export function citations(root) {
  const carriers = new Map();
  const specs = new Set();
  for (const file of filesBelow(root, ['libs', 'services', 'infra'])) {
    const ids = idsIn(readFileSync(join(root, file), 'utf8'));
    if (file.includes('.spec.')) {
      if (ids.size > 0) specs.add(file);
      continue;
    }
    for (const id of ids) carriers.set(id, [...(carriers.get(id) ?? []), file]);
  }
  return { carriers, specs };
}

/** Runs the specs that cite an id. @returns {{ name: string, file: string, status: string }[]} */
function runCitingTests(specs) {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-coverage-'));
  const output = join(folder, 'results.json');
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(ROOT, 'node_modules/jest/bin/jest.js'),
    '--ci', '--json', `--outputFile=${output}`, '--silent', '--runTestsByPath', ...specs];
  try {
    spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
    return testResults.flatMap(({ name, assertionResults, status, message }) => (assertionResults.length === 0
      ? [{ name: `${status}: ${message.slice(0, 200)}`, file: relative(ROOT, name), status: 'failed' }]
      : assertionResults.map((test) => ({ name: test.fullName, file: relative(ROOT, name).split(sep).join('/'), status: test.status }))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with the citations; nothing when the list is empty. */
export function faults(known, carriers, tests) {
  const cited = new Map([...carriers].map(([id, files]) => [id, files.join(', ')]));
  for (const { name, file } of tests) for (const id of idsIn(name)) cited.set(id, file);
  const unknown = [...cited].filter(([id]) => !known.has(id)).map(([id, where]) => `${id} is cited in ${where} but is no requirement`);
  const notRun = tests.filter(({ status, name }) => status !== 'passed' && (idsIn(name).size > 0 || status === 'failed'))
    .map(({ name, file, status }) => `${file}: "${name}" is ${status}`);
  return [...unknown, ...notRun];
}

const code = (text) => `\`${text}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const carrierName = (file) => file.replace(/^services\//, '').replace(/\/src\//, '/').replace(/\.ts$/, '');

/** The page as Markdown. */
export function page(requirements, carriers, tests) {
  const shownBy = new Map();
  for (const { name, file } of tests) for (const id of idsIn(name)) shownBy.set(id, [...new Set([...(shownBy.get(id) ?? []), file])]);
  const rows = requirements.map(({ id, rule, enforce, duplicate_of: twin }) => {
    const carried = carriers.get(id) ?? carriers.get(twin) ?? [];
    const shown = shownBy.get(id) ?? [];
    const status = enforce.startsWith('out-of-scope') ? 'out of scope' : carried.length > 0 && shown.length > 0 ? 'shown'
      : carried.length > 0 ? 'carried, no test cites it' : shown.length > 0 ? 'shown' : 'open';
    return { id, rule, status, carried, shown };
  });
  const count = (status) => rows.filter((row) => row.status === status).length;
  const statuses = ['shown', 'carried, no test cites it', 'open', 'out of scope'];
  const table = (list) => list.map(({ id, rule, status, carried, shown }) =>
    `| ${id} | ${cell(rule.length > 110 ? `${rule.slice(0, 107)}…` : rule)} | ${carried.slice(0, 3).map((file) => code(carrierName(file))).join('<br>')} | ${shown.slice(0, 2).map((file) => code(carrierName(file))).join('<br>')} | ${status} |`);
  const policies = [...new Set(rows.map(({ id }) => id.split('-')[0]))];
  return [
    '# Requirements and what carries them', '',
    'Written by `npm run coverage` from the ids in code and test names; do not edit. Every cited test was run and passed.', '',
    '| Status | Rows |', '|---|---|', ...statuses.map((status) => `| ${status} | ${count(status)} |`), `| all | ${rows.length} |`, '',
    ...policies.flatMap((policy) => [`## ${policy}`, '', '| Row | Rule | Carried by | Shown by | Status |', '|---|---|---|---|---|',
      ...table(rows.filter(({ id }) => id.startsWith(`${policy}-`))), '']),
  ].join('\n');
}

function main() {
  const { requirements } = parse(readFileSync(join(ROOT, 'docs/domain/requirements.yaml'), 'utf8'));
  const known = new Set(requirements.map(({ id }) => id));
  const { carriers, specs } = citations(ROOT);
  process.stdout.write(`coverage: running the ${specs.size} spec files that cite a requirement\n`);
  const tests = runCitingTests([...specs]);
  const found = faults(known, carriers, tests);
  for (const fault of found) process.stderr.write(`coverage: ${fault}\n`);
  const text = page(requirements, carriers, tests);
  writeFileSync(join(ROOT, 'docs/domain/coverage.md'), text);
  process.stdout.write(`${text.split('\n').slice(4, 11).join('\n')}\ncoverage: docs/domain/coverage.md written, ${found.length} faults\n`);
  return found.length === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('coverage.mjs')) process.exit(main());
