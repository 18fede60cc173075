import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import type { DepartmentDefinition } from 'aftercare/service-host';

/** A department that reacts to an event of a department, maybe of its own. */
export interface Listener {
  readonly department: string;
  readonly source: string;
  readonly type: string;
}

/** Who listens to what, by the decorators that the running service goes by. */
export function listenersIn(departments: readonly DepartmentDefinition[]): readonly Listener[] {
  return departments.flatMap(({ name: department, reactions }) => [...new Set(reactions.flatMap(({ prototype }) => patternsOf(prototype as object)))]
    .sort((a, b) => (a < b ? -1 : 1)).flatMap((pattern) => {
      const [source, type] = pattern.split('.');
      return source && type ? [{ department, source, type }] : [];
    }));
}

function patternsOf(prototype: object): string[] {
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) => {
    const patterns: unknown = typeof value === 'function' ? Reflect.getMetadata(PATTERN_METADATA, value) : undefined;
    return Array.isArray(patterns) ? patterns.filter((pattern): pattern is string => typeof pattern === 'string') : [];
  });
}
