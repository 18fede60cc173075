import { createHash } from 'node:crypto';
import { upcasting, type Recorded } from 'aftercare/kernel';
import { membersOf } from './added-members.js';
import { withoutDocumentation, canonicalText, type Json } from './json.js';
import type { Publication } from './publication.js';
import { isOf, type GoldenFile, type Released } from './released.js';

/** SHA-256 of what a version was released as: of its schema without words for people, and of its golden record. */
export interface Fingerprint {
  readonly schema: string;
  /** Null for the envelope, which is in every golden record. */
  readonly golden: string | null;
}

/** SHA-256 of a golden record after the steps to a later version. Null where a step of today cannot read it. */
export interface ReadAs { readonly record: string | null }

/**
 * By `<department>/<Type>.v<n>`, and `<department>/<Type>.v<n> as v<m>` for what the steps make of it. Grows and never
 * changes: it notices what happens to files and steps that no code is compared with any more.
 */
export type Ledger = Readonly<Record<string, Fingerprint | ReadAs>>;

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const ofSchema = (schema: unknown): string => sha256(canonicalText(withoutDocumentation(schema)));

/** What the files say now. */
export function fingerprintsOf({ schemas, golden, envelope }: Pick<Released, 'schemas' | 'golden' | 'envelope'>): Readonly<Record<string, Fingerprint>> {
  const versions = schemas.flatMap((version) => {
    const record = golden.find(isOf(version));
    return record ? [[`${version.department}/${version.type}.v${version.version}`, { schema: ofSchema(version.schema), golden: sha256(record.bytes) }] as const] : [];
  });
  return Object.fromEntries([...envelope ? ofEnvelope(envelope) : [], ...versions]);
}

/** Members that came later have a fingerprint each, so that the one of what was released first stays what it was. */
function ofEnvelope(envelope: Json): [string, Fingerprint][] {
  const { released, added } = membersOf(envelope);
  return [['envelope.v1', released] as const, ...Object.entries(added).map(([name, schema]) => [`envelope.v1 with ${name}`, schema] as const)]
    .map(([name, schema]) => [name, { schema: ofSchema(schema), golden: null }]);
}

/** What the steps of today make of every golden record of an older version, one after the other. A chain that lacks a step is left out: another rule names it. */
export function readAsOf({ published, upcasters }: Publication, golden: readonly GoldenFile[]): Readonly<Record<string, ReadAs>> {
  const names = golden.flatMap((old) => {
    const newest = published.find(({ department, type }) => department === old.department && type === old.type)?.version ?? old.version;
    return Array.from({ length: Math.max(0, newest - old.version) }, (_, place) => old.version + 1 + place)
      .map((version) => ({ old, version, steps: upcasters.filter(({ log, type, from }) => log === old.department && type === old.type && from >= old.version && from < version) }))
      .filter(({ version, steps }) => new Set(steps.map(({ from }) => from)).size === version - old.version)
      .map(({ version, steps }) => [`${old.department}/${old.type}.v${old.version} as v${version}`, { record: printAfter(old, version, steps) }] as const);
  });
  return Object.fromEntries(names);
}

function printAfter({ department, type, bytes }: GoldenFile, version: number, steps: Publication['upcasters']): string | null {
  try {
    return sha256(canonicalText(upcasting(steps, { [department]: { [type]: version } })(JSON.parse(bytes.toString('utf8')) as Recorded)));
  } catch {
    return null;
  }
}
