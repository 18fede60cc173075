import type { HandOverForRepair } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P001E-05: a hand-over moves the duty of care, and that takes two people. */
export function nobodyHandsOverToThemselves(command: HandOverForRepair, courier: string): Refusal | null {
  if (command.receivedBy !== courier) return null;
  return refuse('separation-of-duties', {
    zh: '交接双方不能是同一人。', en: 'Nobody hands a device over to themselves.',
  }, { rule: 'P001E-05', field: 'receivedBy' });
}
