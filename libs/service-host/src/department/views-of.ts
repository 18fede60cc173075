import type { View } from 'aftercare/projections';
import { openDecisionView } from '../open-decisions/open-decision.view.js';
import { deadlineView } from './deadline.view.js';
import type { DepartmentDefinition } from './definition.js';

/** The read models of a department: its own beside those that every department has. */
export function viewsOf(definition: Pick<DepartmentDefinition, 'views'>): readonly View[] {
  return [deadlineView, openDecisionView, ...definition.views] as View[];
}
