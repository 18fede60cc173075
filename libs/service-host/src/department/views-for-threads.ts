import type { ViewsModule } from 'aftercare/projections';
import { decode } from './decode.js';
import type { DepartmentDefinition } from './definition.js';
import { viewsOf } from './views-of.js';

/** What the threads of a rebuild fold: the views of the department that the module exports, decoded as everywhere else. */
export const viewsFor: ViewsModule['viewsFor'] = async (module) => {
  const exported = Object.values(await import(module) as Record<string, unknown>);
  const definition = exported.find(isDefinition);
  if (!definition) throw new Error(`${module} exports no department`);
  return { views: viewsOf(definition), decode };
};

function isDefinition(value: unknown): value is DepartmentDefinition {
  return typeof value === 'object' && value !== null && 'aggregates' in value && 'views' in value;
}
