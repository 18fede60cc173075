import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PolicyPack } from '../pack/pack.schema.js';
import { shippedYears } from '../shipped.js';
import { datesThatAreNone, endsBeforeTheBeginning, namedTwice } from './adoption-is-plain.js';
import { stepsLongerThanTheirCap, unitsThatDoNotFit } from './clocks-can-run.js';
import { clocksThatCannotRun } from './clocks-run-dry.js';
import { escalationsAtNoPoint, factsNobodyTells, regulatoryClocksThatWait, unitsNobodyReads } from './clocks-say-what-they-mean.js';
import { neededKeysLeftOpen, offNamesOfNothing, offThatReachesFurther, packsNotInForce, packsThatAreNotThere, unsetLeftOpen } from './company-leaves-nothing-open.js';
import { shapesNobodyCanRead, sourcesThatDisagree } from './entries-agree.js';
import type { Finding } from './finding.js';
import { hoursThatAreUnclear } from './hours-are-clear.js';
import { ownKeysNobodyKnows } from './keys-are-asked-for.js';
import { openRowsLeft, settlementsOfNothing } from './open-rows-are-settled.js';
import type { PolicyFiles } from './policy-files.js';
import { rolesThatNobodyHolds } from './roles-exist.js';
import { tablesThatNameNoOneRow } from './tables-name-one-row.js';
import { wordsNobodyKnows } from './words-are-known.js';

const RULES: readonly ((files: PolicyFiles) => Finding[])[] = [
  datesThatAreNone, endsBeforeTheBeginning, namedTwice,
  sourcesThatDisagree, shapesNobodyCanRead, unitsNobodyReads, unitsThatDoNotFit, clocksThatCannotRun, escalationsAtNoPoint, regulatoryClocksThatWait, factsNobodyTells,
  stepsLongerThanTheirCap, rolesThatNobodyHolds, wordsNobodyKnows, tablesThatNameNoOneRow,
  packsThatAreNotThere, packsNotInForce, offNamesOfNothing, offThatReachesFurther, settlementsOfNothing, unsetLeftOpen, openRowsLeft, neededKeysLeftOpen, hoursThatAreUnclear, ownKeysNobodyKnows,
];

/** Names that a document may use and that stand in no document. */
export interface KnownNames {
  /** Every role that may act. */
  readonly roles: readonly string[];
  /** Series of yearly calendar files; those of the program when left out. */
  readonly series?: readonly string[];
  /** What keys are called; keys of no register and no adopted pack are unknown. */
  readonly keys?: PolicyFiles['keys'];
}

/** The company with the packs that were sent, in the shape that the rules look at. */
export function filesOfAdoption(company: CompanyPolicy, packs: readonly PolicyPack[], known: KnownNames): PolicyFiles {
  return {
    packs: packs.map((pack) => ({ file: pack.id, pack })), companies: [{ file: company.id, company }],
    keys: known.keys ?? { company: {}, regulation: {} }, requirements: [], roles: known.roles,
    series: known.series ?? [...new Set(shippedYears().map(({ series }) => series))],
  };
}

/**
 * What stands against adopting a company file with these packs. Leaves out what only an author of packs can mend:
 * requirements, words of keys, other versions. `file` of a finding is the id of the company or of a pack.
 */
export function checkAdoption(company: CompanyPolicy, packs: readonly PolicyPack[], known: KnownNames): readonly Finding[] {
  const files = filesOfAdoption(company, packs, known);
  return RULES.flatMap((rule) => rule(files));
}
