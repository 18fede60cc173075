import { documentOf, emptyPolicyBook, policyFolder, readCompany, readPacks, textOf, type CompanyPolicy, type PolicySet } from 'aftercare/policy';
import { join } from 'node:path';

/** The policy of the example company, had it adopted other packs or values: `adoptedWith(({ precedence }) => ({ precedence: [] }))`. */
export async function adoptedWith(change: (company: CompanyPolicy) => Partial<CompanyPolicy>): Promise<PolicySet> {
  const company = await readCompany(join(policyFolder(), 'companies', 'example.yaml'));
  const packs = (await readPacks(join(policyFolder(), 'packs'))).map(({ pack }) => pack);
  const { text, name } = textOf(documentOf({ ...company, id: 'another', ...change(company) }, packs));
  const book = emptyPolicyBook();
  book.add({ ...name, effectiveFrom: `${company.validFrom}T00:00:00.000Z`, document: text });
  const policy = book.kept(`${name.id}@${name.version}`);
  if (!policy) throw new Error(`${name.id} was not taken into the book`);
  return policy;
}
