import { checkPolicies } from '../check/check-policies.js';
import type { FindingCode } from '../check/finding.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import { faultsOfTables } from '../tables/tables-of-adoption.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { documentOf, textOf, type AdoptedText, type AdoptionDocument } from './document.js';

/** Of no concern to a company that adopts some packs and not the others: what the register of keys knows besides them. */
const OF_THE_REGISTER: readonly FindingCode[] = ['unbound-key', 'unused-key', 'unregistered-key', 'unused-words', 'unknown-row'];

export type ReadAdoption = { readonly sound: true; readonly adopted: AdoptedText } | { readonly sound: false; readonly faults: readonly string[] };

/**
 * Takes `{"company": …, "packs": […]}` as a person sent it and says what of it cannot be adopted. Loads the checkers
 * only now: adopting is rare.
 * @param roles names of every role that may act
 */
export async function readAdoption(text: string, roles: readonly string[]): Promise<ReadAdoption> {
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
  const open = [...faultsOfTables(document), ...leftOpen(document, roles)];
  return open.length > 0 ? { sound: false, faults: open } : { sound: true, adopted: textOf(document) };
}

/** What `aftercare policy check` finds about these files, as one line each. */
function leftOpen({ company, packs }: AdoptionDocument, roles: readonly string[]): readonly string[] {
  const { findings } = checkPolicies({
    packs: packs.map((pack) => ({ file: `packs/${pack.id}`, pack })), companies: [{ file: 'company', company }],
    keys: { company: {}, regulation: {} }, requirements: [], roles,
  });
  return findings.filter(({ code }) => !OF_THE_REGISTER.includes(code)).map(({ code, file, key, message }) => `${code} ${file} ${key ?? ''}: ${message.en}`);
}
