import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { editorSchemas, readNamedPolicies, UnreadablePolicyFile } from 'aftercare/policy';
import { projectRoot } from '../../launcher/project-root.js';
import { PAGES, policyPages, type Page } from './pages.js';
import { shippedNow } from './shipped.js';

/** Everything that is written out of the policy files; a stale one fails the check. */
const root = projectRoot();
const writtenNow = async (): Promise<readonly Page[]> => [
  { path: 'libs/policy/shipped.json', text: await shippedNow() },
  ...Object.entries(await editorSchemas()).map(([name, schema]) => ({ path: `libs/policy/schema/${name}`, text: `${JSON.stringify(schema, null, 1)}\n` })),
  ...policyPages(await readNamedPolicies({}), root),
];
/** A fault in a file is for the person who wrote it, with its line. */
const written = await writtenNow().catch((error: unknown) => {
  if (!(error instanceof UnreadablePolicyFile)) throw error;
  console.error(error.message);
  process.exit(1);
});
/** Pages of packs that are no more would go on telling people about them. */
const orphans = existsSync(join(root, PAGES))
  ? readdirSync(join(root, PAGES)).map((name) => `${PAGES}/${name}`).filter((path) => !written.some((page) => page.path === path)) : [];

const isWriting = process.argv.includes('--write');
const stale: string[] = [];
for (const { path, text } of written) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (isWriting) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.error(`wrote ${path}`);
  } else stale.push(path);
}
for (const path of orphans) {
  if (isWriting) rmSync(join(root, path));
  else stale.push(path);
}
for (const path of stale) console.error(`${path}: not what the policy files say; run npm run policy -- --write`);
console.error(stale.length === 0 ? `policy: ${written.length} written files are as the policy files say` : `policy: ${stale.length} stale files`);
process.exitCode = stale.length === 0 ? 0 : 1;
