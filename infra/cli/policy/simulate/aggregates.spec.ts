import { policyBook } from 'aftercare/policy';
import { billing } from '../../../../services/billing/src/billing.module.js';
import { intake } from '../../../../services/intake/src/intake.module.js';
import { logistics } from '../../../../services/logistics/src/logistics.module.js';
import { quality } from '../../../../services/quality/src/quality.module.js';
import { registry } from '../../../../services/registry/src/registry.module.js';
import { surveys } from '../../../../services/surveys/src/surveys.module.js';
import { AGGREGATES } from './aggregates.js';
import type { Department } from './plan.js';

describe('what a simulation tells the cases of a department by', () => {
  it.each(Object.entries({ registry, intake, quality, logistics, billing, surveys }))('%s: is what the department runs, but for the policy book', async (department, definition) => {
    const run = (definition.aggregates as readonly { readonly name: string }[]).filter(({ name }) => name !== policyBook.name);
    expect(await AGGREGATES[department as Department]()).toEqual(run);
  });
});
