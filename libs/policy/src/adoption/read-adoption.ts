import type { PolicyPack } from '../pack/pack.schema.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { checkAdoption } from '../check/check-adoption.js';
import type { Finding } from '../check/finding.js';
import { faultsOfTables } from '../tables/tables-of-adoption.js';
import { documentOf, textOf, type AdoptedText } from './document.js';

export type ReadAdoption = { readonly sound: true; readonly adopted: AdoptedText } | { readonly sound: false; readonly faults: readonly string[] };

/**
 * Takes `{"company": …, "packs": […]}` as a person sent it and says what of it cannot be adopted. Loads the checkers
 * only now: adopting is rare. `roles`: every role that somebody can hold; null leaves that open.
 */
export async function readAdoption(text: string, roles: readonly string[] | null = null): Promise<ReadAdoption> {
  const { Value } = await import('typebox/value');
  const { packSchema } = await import('../pack/pack.schema.js');
  const { adoptionSchema } = await import('./adoption.schema.js');
  let sent: { readonly company?: unknown; readonly packs?: unknown };
  try {
    sent = (JSON.parse(text) ?? {}) as typeof sent;
  } catch {
    return { sound: false, faults: ['the document is no JSON'] };
  }
  const packs: readonly unknown[] = Array.isArray(sent.packs) ? sent.packs : [];
  const faults = [
    ...[...Value.Errors(adoptionSchema, sent.company)].map(({ instancePath, message }) => `company${instancePath}: ${message}`),
    ...packs.flatMap((pack, at) => [...Value.Errors(packSchema, pack)].map(({ instancePath, message }) => `packs/${at}${instancePath}: ${message}`)),
  ];
  if (faults.length > 0) return { sound: false, faults };
  const company = sent.company as CompanyPolicy;
  const missing = company.precedence.filter(({ pack, version }) => !(packs as readonly PolicyPack[]).some((sentPack) => sentPack.id === pack && sentPack.version === version));
  if (missing.length > 0) return { sound: false, faults: missing.map(({ pack, version }) => `company/precedence: ${pack} version ${version} is adopted but was not sent`) };
  const document = documentOf(company, packs as readonly PolicyPack[]);
  const faultyTables = faultsOfTables(document);
  if (faultyTables.length > 0) return { sound: false, faults: faultyTables };
  const open = checkAdoption(company, document.packs, roles);
  return open.length > 0 ? { sound: false, faults: open.map(said) } : { sound: true, adopted: textOf(document) };
}

const said = ({ file, key, message }: Finding): string => `${key === null ? file : `${file}/${key}`}: ${message.en} ${message.zh}`;
