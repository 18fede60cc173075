/** Everything that can be known without running the product: types, lint, arrows, contracts, unused code. One line each, all of them, then the verdict. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const bin = (name, file = `bin/${name}.js`) => join(ROOT, 'node_modules', name, file);
const CHECKS = [
  ['types', [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
  ['lint', [bin('oxlint', 'bin/oxlint'), '--quiet']],
  ['boundaries', [join(import.meta.dirname, 'boundaries.mjs'), ROOT]],
  ['contracts', [join(import.meta.dirname, 'bootstrap.mjs'), 'contracts']],
  ['policy', [join(import.meta.dirname, 'bootstrap.mjs'), 'policy']],
  ['policy literals', [join(import.meta.dirname, 'policy-literals.mjs'), ROOT]],
  ['unused code', [bin('knip', 'bin/knip.js'), '--no-progress', '--config', '.knip.json']],
];

let failed = 0;
for (const [name, args] of CHECKS) {
  if (!existsSync(args[0])) throw new Error(`${args[0]} is missing: run npm ci`);
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const ok = status === 0;
  if (!ok) failed += 1;
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  if (!ok) process.stdout.write(`${stdout}${stderr}\n`);
}
process.exit(failed === 0 ? 0 : 1);
