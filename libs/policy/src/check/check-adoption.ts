import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import { shippedYears } from '../shipped.js';
import { stepsLongerThanTheirCap, unitsThatDoNotFit } from './clocks-can-run.js';
import { neededKeysLeftOpen, offNamesOfNothing, offThatReachesFurther, packsNotInForce, packsThatAreNotThere, unsetLeftOpen } from './company-leaves-nothing-open.js';
import { shapesNobodyCanRead, sourcesThatDisagree } from './entries-agree.js';
import type { Finding } from './finding.js';
import { hoursThatAreUnclear } from './hours-are-clear.js';
import { openRowsLeft, settlementsOfNothing } from './open-rows-are-settled.js';
import type { PolicyFiles } from './policy-files.js';
import { rolesThatNobodyHolds } from './roles-exist.js';
import { tablesThatNameNoOneRow } from './tables-name-one-row.js';

const RULES: readonly ((files: PolicyFiles) => Finding[])[] = [
  sourcesThatDisagree, shapesNobodyCanRead, unitsThatDoNotFit, stepsLongerThanTheirCap, tablesThatNameNoOneRow,
  packsThatAreNotThere, packsNotInForce, offNamesOfNothing, offThatReachesFurther, settlementsOfNothing, unsetLeftOpen, openRowsLeft, neededKeysLeftOpen, hoursThatAreUnclear,
];

/**
 * What stands against adopting a company file with these packs. Leaves out what only an author of packs can mend:
 * requirements, words of keys, other versions. Without `roles` it does not ask whether the roles exist.
 * `file` of a finding is the id of the company or of a pack.
 */
export function checkAdoption(company: CompanyPolicy, packs: readonly PolicyPack[], roles: readonly string[] | null = null): readonly Finding[] {
  const files: PolicyFiles = {
    packs: packs.map((pack) => ({ file: pack.id, pack })), companies: [{ file: company.id, company }],
    keys: { company: {}, regulation: {} }, requirements: [], roles: roles ?? [], series: [...new Set(shippedYears().map(({ series }) => series))],
  };
  return [...RULES, ...(roles === null ? [] : [rolesThatNobodyHolds])].flatMap((rule) => rule(files));
}
