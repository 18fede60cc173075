import type { DepartmentDefinition } from 'aftercare/service-host';
import { billing } from '../../../services/billing/src/billing.module.js';
import { intake } from '../../../services/intake/src/intake.module.js';
import { logistics } from '../../../services/logistics/src/logistics.module.js';
import { quality } from '../../../services/quality/src/quality.module.js';
import { registry } from '../../../services/registry/src/registry.module.js';
import { surveys } from '../../../services/surveys/src/surveys.module.js';

/** In the order in which the reference lists them. */
export const DEPARTMENTS: readonly DepartmentDefinition[] = [intake, quality, logistics, billing, surveys, registry];
