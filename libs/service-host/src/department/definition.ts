import type { Type } from '@nestjs/common';
import type { Aggregate } from 'aftercare/kernel';
import { policyBook } from 'aftercare/policy';

/** What a department is made of; written down once in `<dept>.module.ts`. */
export interface DepartmentDefinition {
  readonly name: string;
  /** `import.meta.url` of the module that exports it, so that threads can import the same views. */
  readonly module?: string;
  readonly aggregates: readonly unknown[];
  readonly views: readonly unknown[];
  readonly controllers: readonly Type[];
  readonly reactions: readonly Type[];
}

export function defineDepartment(definition: DepartmentDefinition): DepartmentDefinition {
  // The registry brings its own book, in which adoptions are decided.
  return definition.aggregates.some(isBook) ? definition : { ...definition, aggregates: [...definition.aggregates, policyBook] };
}

export const isBook = (aggregate: unknown): aggregate is typeof policyBook => (aggregate as Aggregate).name === policyBook.name;
