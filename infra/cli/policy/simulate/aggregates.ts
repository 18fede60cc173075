import type { SimulationParts } from 'aftercare/policy';
import type { Department } from './plan.js';

type Aggregates = SimulationParts['aggregates'];
const aggregatesOf = (definition: { readonly aggregates: readonly unknown[] }): Aggregates => definition.aggregates as Aggregates;

/** Departments are loaded when their cases are told again: together they are most of what the program has. */
export const AGGREGATES: Readonly<Record<Department, () => Promise<Aggregates>>> = {
  registry: async () => aggregatesOf((await import('../../../../services/registry/src/registry.module.js')).registry),
  intake: async () => aggregatesOf((await import('../../../../services/intake/src/intake.module.js')).intake),
  quality: async () => aggregatesOf((await import('../../../../services/quality/src/quality.module.js')).quality),
  logistics: async () => aggregatesOf((await import('../../../../services/logistics/src/logistics.module.js')).logistics),
  billing: async () => aggregatesOf((await import('../../../../services/billing/src/billing.module.js')).billing),
  surveys: async () => aggregatesOf((await import('../../../../services/surveys/src/surveys.module.js')).surveys),
};
