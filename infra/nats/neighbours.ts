import type { DEPARTMENTS } from '../launcher/departments.js';

export type Department = (typeof DEPARTMENTS)[number];

export interface Neighbours {
  /** Departments with whose events it has a reaction; its own among them where it reacts to itself. */
  readonly listensTo: readonly Department[];
  /** Subjects of its `@MessagePattern` handlers. */
  readonly answers: readonly string[];
}

/**
 * Who listens to whom. The reactions in `services/<department>/src/reactions` are the truth; this table is what the bus
 * permits, makes consumers for, and nothing more. `neighbours.spec.ts` holds the two together.
 */
export const NEIGHBOURS: Readonly<Record<Department, Neighbours>> = {
  registry: { listensTo: ['quality'], answers: [] },
  intake: { listensTo: ['billing', 'logistics', 'quality', 'registry', 'surveys'], answers: [] },
  quality: { listensTo: ['intake', 'logistics', 'quality', 'registry'], answers: [] },
  logistics: { listensTo: ['intake', 'logistics', 'quality', 'registry'], answers: [] },
  billing: { listensTo: ['billing', 'intake', 'logistics', 'registry'], answers: [] },
  surveys: { listensTo: ['intake', 'registry'], answers: [] },
};
