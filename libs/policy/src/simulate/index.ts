export { boundInVain, changedKeys } from './changed-keys.js';
export { addCalls, noCalls } from './compare-calls.js';
export type { Amount, AmountDifference, BreachDifference, Call, CallCounts, CallsDifference, DecisionDifference, Difference, Missed, NotedDecision, PenaltyKind, PenaltySums, UndeterminedDifference } from './difference.js';
export { draftOf, type Draft } from './draft.js';
export { isAboutPenalties } from './penalties.js';
export { addSums } from './penalty-sums.js';
export { noCounts, Simulation, type SimulationCounts, type SimulationParts } from './simulate-case.js';
