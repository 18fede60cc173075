import type { Bilingual } from 'aftercare/kernel';

/** Everything that a check of policy files can find. The codes stand in scripts of companies: add, never rename. */
export const FINDING_CODES = [
  'unbound-key', 'unused-key', 'unregistered-key', 'unused-words', 'unknown-row',
  'kind-differs', 'value-and-source-disagree', 'wrong-shape', 'unit-does-not-fit', 'step-longer-than-cap', 'unknown-role',
  'table-cannot-be-read', 'unknown-word', 'rows-overlap', 'row-never-decides',
  'versions-overlap', 'supersedes-nothing',
  'clock-cannot-run', 'escalation-unclear', 'regulatory-pausable', 'unknown-fact', 'wrong-unit', 'no-such-date', 'ends-before-it-begins', 'named-twice', 'unknown-own-key',
  'no-such-pack', 'pack-not-in-force', 'off-names-nothing', 'off-reaches-further', 'settle-names-nothing', 'unset-left-open', 'open-row-left', 'needed-key-open', 'hours-unclear', 'year-not-in-use',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing that is wrong and where. `message` says what to do about it. */
export interface Finding {
  readonly code: FindingCode;
  readonly file: string;
  /** Key of an entry, with its pack before it where the file names several; null when it is about the whole file. */
  readonly key: string | null;
  readonly message: Bilingual;
}

export function finding(code: FindingCode, file: string, key: string | null, zh: string, en: string): Finding {
  return { code, file, key, message: { zh, en } };
}
