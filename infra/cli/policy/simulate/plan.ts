import type { Difference, SimulationCounts } from 'aftercare/policy';
import type { CompanyPolicy, PolicyPack } from 'aftercare/policy';
import type { DEPARTMENTS } from '../../../launcher/departments.js';
import type { Found } from './found.js';

export type Department = (typeof DEPARTMENTS)[number];

/** Where the log of a department is: as AFTERCARE_STORE says, and its folder on this machine. */
export interface LogPlace {
  readonly department: Department;
  readonly setting: string;
  readonly dataDir: string;
}

/** All that a thread has to know; plain data. */
export interface SimulationPlan {
  readonly company: CompanyPolicy;
  readonly packs: readonly PolicyPack[];
  readonly horizon: string;
  readonly logs: readonly LogPlace[];
  /** Of differences and of notes, so many of each chunk are listed; null for all. */
  readonly mostListed: number | null;
}

/** Cases of one department that are told again together, from the first to the last in the order of their ids. */
export interface CaseChunk {
  readonly department: Department;
  readonly first: string;
  readonly last: string;
  readonly cases: number;
  /** Of these, the cases that no later chunk has a part of: with this one they are done in every department. */
  readonly completes: number;
}

export interface ChunkResult {
  /** Those that are listed. */
  readonly differences: readonly Difference[];
  /** What all of them come to. */
  readonly found: Found;
  readonly counts: SimulationCounts;
  /** Keys to which something on record gave an answer under the draft. */
  readonly answered: readonly string[];
}
