import { createHash } from 'node:crypto';
import { asStored } from 'aftercare/kernel';
import type { AdoptionName } from '../policy-set.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import type { CompanyPolicy } from './adoption.schema.js';

/** All that decides cases under one adoption: the company file and every pack it names, in the order of precedence. */
export interface AdoptionDocument {
  readonly format: 1;
  readonly company: CompanyPolicy;
  readonly packs: readonly PolicyPack[];
}

/** An adopted document as an event carries it: its exact text, so that its digest can be computed by anyone. */
export interface AdoptedText {
  readonly text: string;
  readonly name: AdoptionName;
}

/** @throws Error naming a pack that is not there. */
export function documentOf(company: CompanyPolicy, packs: readonly PolicyPack[]): AdoptionDocument {
  const named = company.precedence.map(({ pack, version }) => {
    const found = packs.find((candidate) => candidate.id === pack && candidate.version === version);
    if (!found) throw new Error(`${company.id} adopts ${pack} version ${version}, which no pack file has`);
    return found;
  });
  return { format: 1, company, packs: named };
}

/** Members in the order of their names, so that the same document always has the same text. */
export function textOf(document: AdoptionDocument): AdoptedText {
  const text = JSON.stringify(asStored(document));
  const { id, version } = document.company;
  return { text, name: { id, version, digest: digestOf(text) } };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
