import { createHash } from 'node:crypto';
import { withoutDocumentation, canonicalText } from './json.js';
import { isOf, type Released } from './released.js';

/** SHA-256 of what a version was released as: of its schema without words for people, and of its golden record. */
export interface Fingerprint {
  readonly schema: string;
  /** Null for the envelope, which is in every golden record. */
  readonly golden: string | null;
}

/** By `<department>/<Type>.v<n>`. Grows and never changes: it notices what happens to files that no code is compared with any more. */
export type Ledger = Readonly<Record<string, Fingerprint>>;

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const ofSchema = (schema: unknown): string => sha256(canonicalText(withoutDocumentation(schema)));

/** What the files say now. */
export function fingerprintsOf({ schemas, golden, envelope }: Pick<Released, 'schemas' | 'golden' | 'envelope'>): Ledger {
  const versions = schemas.flatMap((version) => {
    const record = golden.find(isOf(version));
    return record ? [[`${version.department}/${version.type}.v${version.version}`, { schema: ofSchema(version.schema), golden: sha256(record.bytes) }] as const] : [];
  });
  return Object.fromEntries([...envelope ? [['envelope.v1', { schema: ofSchema(envelope), golden: null }] as const] : [], ...versions]);
}
