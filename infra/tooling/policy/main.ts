import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { editorSchemas } from 'aftercare/policy';
import { projectRoot } from '../../launcher/project-root.js';
import { shippedNow } from './shipped.js';

/** Everything that is written out of the policy files; a stale one fails the check. */
const WRITTEN: readonly { readonly path: string; readonly now: () => Promise<string> }[] = [
  { path: 'libs/policy/shipped.json', now: () => shippedNow() },
  ...Object.entries(await editorSchemas()).map(([name, schema]) => ({ path: `libs/policy/schema/${name}`, now: async () => `${JSON.stringify(schema, null, 1)}\n` })),
];

const root = projectRoot();
const stale: string[] = [];
for (const { path, now } of WRITTEN) {
  const file = join(root, path);
  const content = await now();
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
  if (process.argv.includes('--write')) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.error(`wrote ${path}`);
  } else stale.push(path);
}
for (const path of stale) console.error(`${path}: not what the policy files say; run npm run policy -- --write`);
console.error(stale.length === 0 ? `policy: ${WRITTEN.length} written files are as the policy files say` : `policy: ${stale.length} stale files`);
process.exitCode = stale.length === 0 ? 0 : 1;
