import { readFileSync } from 'node:fs';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import { readCompany, readFileAs } from '../pack/read-packs.js';

/** A pack or a company file, told apart by what only a company file has. @throws UnreadablePolicyFile */
export async function readPolicyFile(file: string): Promise<{ readonly pack: PolicyPack } | { readonly company: CompanyPolicy }> {
  if (/^precedence\s*:/m.test(readFileSync(file, 'utf8'))) return { company: await readCompany(file) };
  const { packSchema } = await import('../pack/pack.schema.js');
  return { pack: await readFileAs<PolicyPack>(file, packSchema) };
}
