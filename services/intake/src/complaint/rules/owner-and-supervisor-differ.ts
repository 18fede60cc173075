import type { AssignDedicatedHandler } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P001E-51: for a major case one person is responsible and another one watches. */
export function ownerAndSupervisorDiffer(command: AssignDedicatedHandler): Refusal | null {
  if (command.handler !== command.supervisor) return null;
  return refuse('separation-of-duties', {
    zh: '重大投诉的负责人与监督人不能是同一人。', en: 'Handler and supervisor of a major case must be two people.',
  }, { rule: 'P001E-51', field: 'supervisor' });
}
