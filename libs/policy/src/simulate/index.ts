export { boundInVain, changedKeys } from './changed-keys.js';
export type { BreachDifference, DecisionDifference, Difference, Missed, UndeterminedDifference } from './difference.js';
export { draftOf, type Draft } from './draft.js';
export { noCounts, Simulation, type SimulationCounts, type SimulationParts } from './simulate-case.js';
