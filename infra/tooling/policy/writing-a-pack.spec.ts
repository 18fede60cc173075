import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLE_NAMES } from 'aftercare/access';
import { checkPolicies, compileTable, readPolicyFiles, type CompanyPolicy, type PackEntry, type PolicyPack } from 'aftercare/policy';
import { parse } from 'yaml';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'domain', 'writing-a-pack.md'), 'utf8');
const [pack, others, company] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => parse(text) as unknown);
const renhe = pack as PolicyPack;
const changes = company as Pick<CompanyPolicy, 'id' | 'title' | 'validFrom' | 'precedence' | 'own' | 'off' | 'settle'>;

/** The example company with the changes that the page makes to it, where it says "the rest as copied" with the rest. */
function renheOf(example: CompanyPolicy): CompanyPolicy {
  const settled = changes.settle.map(({ table }) => table);
  return {
    ...example, ...changes, own: { ...example.own, ...changes.own }, precedence: [...changes.precedence.slice(0, 1), ...example.precedence],
    off: [...changes.off, ...example.off], settle: [...changes.settle, ...example.settle.filter(({ table }) => !settled.includes(table))],
  };
}

describe('the page on writing a pack', () => {
  it('has examples in which the check finds nothing that it does not find without them', async () => {
    const shipped = await readPolicyFiles({}, ROLE_NAMES);
    const example = shipped.companies.find(({ company: { id } }) => id === 'example')?.company;
    if (!example) throw new Error('there is no example company');
    const withOthers = { ...renhe, params: { ...renhe.params, ...others as Record<string, PackEntry> } };
    const codes = (packs: readonly PolicyPack[], one: CompanyPolicy) => checkPolicies({
      ...shipped, packs: [...shipped.packs, ...packs.map((added) => ({ file: `${added.id}.yaml`, pack: added }))], companies: [{ file: 'company.yaml', company: one }],
    }).findings.map(({ code, key, message }) => `${code} ${key ?? ''} ${message.en}`);
    expect(codes([renhe], renheOf(example))).toEqual(codes([], example));
    expect(codes([withOthers], renheOf(example))).toEqual(codes([], example));
  }, 60_000);

  it('has a table that decides', () => {
    const bands = (others as Record<string, PackEntry>)['billing.price_approval.bands'];
    if (bands?.kind !== 'table') throw new Error('the page shows no table');
    const decide = (price: number) => compileTable(bands, { pack: 'RENHE', version: '1', key: 'billing.price_approval.bands' }).decide({ price });
    expect([decide(199_999), decide(200_000)].map((one) => one.determined && one.then['approver'])).toEqual(['billing.after-sales-manager', 'billing.general-manager']);
  });
});
