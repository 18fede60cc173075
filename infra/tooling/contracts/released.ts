import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from './json.js';
import type { Ledger } from './ledger.js';

/** One version of one event as it was released. */
export interface Version {
  readonly department: string;
  readonly type: string;
  readonly version: number;
}

export interface ReleasedSchema extends Version { readonly schema: Json }
/** `bytes` are the record itself. */
export interface GoldenFile extends Version { readonly bytes: Buffer }

/** What lies in the repository. Null for a document that was never written. */
export interface Released {
  readonly schemas: readonly ReleasedSchema[];
  readonly golden: readonly GoldenFile[];
  readonly envelope: Json | null;
  readonly asyncapi: Json | null;
  readonly ledger: Ledger;
}

export const SCHEMAS = 'docs/reference/schemas';
export const GOLDEN = 'libs/contracts/golden';
export const LEDGER = `${SCHEMAS}/released.json`;
export const ASYNCAPI = 'docs/reference/asyncapi.json';

export const fileOf = ({ type, version }: Version): string => `${type}.v${version}.json`;
export const pathOf = (folder: string, at: Version): string => `${folder}/${at.department}/${fileOf(at)}`;
export const nameOf = ({ department, type, version }: Version): string => `${department}.${type} v${version}`;
export const isOf = (one: Version) => (other: Version): boolean => nameOf(one) === nameOf(other);

export function readReleased(root: string): Released {
  return {
    schemas: versionsBelow(root, SCHEMAS).map((at) => ({ ...at, schema: jsonIn(root, pathOf(SCHEMAS, at)) as Json })),
    golden: versionsBelow(root, GOLDEN).map((at) => ({ ...at, bytes: readFileSync(join(root, pathOf(GOLDEN, at))) })),
    envelope: jsonIn(root, `${SCHEMAS}/envelope.v1.json`), asyncapi: jsonIn(root, ASYNCAPI),
    ledger: (jsonIn(root, LEDGER) ?? {}) as Ledger,
  };
}

function jsonIn(root: string, path: string): Json | null {
  return existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')) as Json : null;
}

/** Ordered by department, type and version, on every machine. */
function versionsBelow(root: string, folder: string): Version[] {
  const departments = existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  return departments.flatMap(({ name: department }) => readdirSync(join(root, folder, department)).flatMap((file) => {
    const [, type, version] = /^(\w+)\.v(\d+)\.json$/.exec(file) ?? [];
    return type && version ? [{ department, type, version: Number(version) }] : [];
  })).sort((a, b) => compare(a.department, b.department) || compare(a.type, b.type) || a.version - b.version);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
