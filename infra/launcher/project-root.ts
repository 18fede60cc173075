import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the clone. Found by its package.json, because this file runs from infra/ in tests and from dist/infra/ elsewhere. */
export function projectRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  const manifest = join(from, 'package.json');
  if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'aftercare') return from;
  const above = dirname(from);
  if (above === from) throw new Error('the launcher does not lie inside an Aftercare clone');
  return projectRoot(above);
}
