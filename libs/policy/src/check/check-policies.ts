import type { Bilingual } from 'aftercare/kernel';
import { neededKeysLeftOpen, offNamesOfNothing, offThatReachesFurther, packsNotInForce, packsThatAreNotThere, unsetLeftOpen } from './company-leaves-nothing-open.js';
import { stepsLongerThanTheirCap, unitsThatDoNotFit } from './clocks-can-run.js';
import { datesThatAreNone, endsBeforeTheBeginning, namedTwice } from './adoption-is-plain.js';
import { clocksThatCannotRun } from './clocks-run-dry.js';
import { escalationsAtNoPoint, factsNobodyTells, regulatoryClocksThatWait, unitsNobodyReads } from './clocks-say-what-they-mean.js';
import { hoursThatAreUnclear, yearsNotInUse } from './hours-are-clear.js';
import { kindsThatDiffer, shapesNobodyCanRead, sourcesThatDisagree } from './entries-agree.js';
import type { Finding } from './finding.js';
import { keysWithoutWords, ownKeysNobodyKnows, unboundKeys, unknownRows, unusedKeys } from './keys-are-asked-for.js';
import { notesOn } from './notes.js';
import { openRowsLeft, settlementsOfNothing } from './open-rows-are-settled.js';
import { isBound, packEntries, type PolicyFiles } from './policy-files.js';
import { rolesThatNobodyHolds } from './roles-exist.js';
import { tablesThatNameNoOneRow } from './tables-name-one-row.js';
import { successorsOfNothing, versionsThatOverlap } from './versions-follow-each-other.js';
import { wordsNobodyKnows } from './words-are-known.js';

const RULES: readonly ((files: PolicyFiles) => Finding[])[] = [
  unboundKeys, unusedKeys, keysWithoutWords, unknownRows,
  kindsThatDiffer, sourcesThatDisagree, shapesNobodyCanRead,
  unitsThatDoNotFit, stepsLongerThanTheirCap, clocksThatCannotRun, escalationsAtNoPoint, regulatoryClocksThatWait, factsNobodyTells, unitsNobodyReads, rolesThatNobodyHolds, wordsNobodyKnows, tablesThatNameNoOneRow,
  versionsThatOverlap, successorsOfNothing, datesThatAreNone, endsBeforeTheBeginning, namedTwice, ownKeysNobodyKnows,
  packsThatAreNotThere, packsNotInForce, offNamesOfNothing, offThatReachesFurther, settlementsOfNothing, unsetLeftOpen, openRowsLeft, neededKeysLeftOpen, hoursThatAreUnclear, yearsNotInUse,
];

/** Numbers of files and entries. `unset`: entries that a company has to fill or switch off. */
export interface PolicyCounts {
  readonly packs: number;
  readonly params: number;
  readonly bound: number;
  readonly unset: number;
  readonly unused: number;
}

export interface PolicyCheck {
  readonly findings: readonly Finding[];
  /** What stands against nothing and a person should know. */
  readonly notes: readonly Bilingual[];
  readonly counts: PolicyCounts;
}

/** Everything in policy files that is wrong although each file can be read by itself. Pure. */
export function checkPolicies(files: PolicyFiles): PolicyCheck {
  const findings = RULES.flatMap((rule) => rule(files));
  const entries = packEntries(files);
  const bound = entries.filter(({ entry }) => isBound(entry)).length;
  return {
    findings, notes: notesOn(files),
    counts: { packs: files.packs.length, params: entries.length, bound, unset: entries.length - bound, unused: findings.filter(({ code }) => code === 'unused-key').length },
  };
}
