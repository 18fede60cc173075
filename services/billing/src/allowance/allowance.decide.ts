import { allowanceEvents, type AllowanceEvent, type ReleaseAllowance, type TakeAllowance } from 'aftercare/contracts';
import { cny, unreachable, type Decision } from 'aftercare/kernel';
import { isWithinLimit, timedAggregate } from 'aftercare/policy';
import { evolve, noAllowance, sumOf, type AllowanceCommand, type AllowanceState } from './allowance.js';

/** P001A-04: limits per person and month. A signature is asked about once; the answer stands. */
export function decide(command: AllowanceCommand, state: AllowanceState): Decision<AllowanceEvent> {
  switch (command.type) {
    case 'TakeAllowance': return take(command, state);
    case 'ReleaseAllowance': return release(command, state);
    default: return unreachable(command);
  }
}

function take(command: TakeAllowance, state: AllowanceState): Decision<AllowanceEvent> {
  const { person, period, approval, signature, role, amount: { minor }, limit: { minor: limit } } = command;
  if (signature in state.taken || state.over.includes(signature)) return [];
  const before = sumOf(state);
  const entry = { person, period, approval, signature, role, amount: cny(minor), limit: cny(limit) };
  return isWithinLimit(limit, before, minor)
    ? [{ type: 'AllowanceTaken', data: { ...entry, taken: cny(before + minor) } }]
    : [{ type: 'AllowanceExceeded', data: { ...entry, taken: cny(before) } }];
}

function release(command: ReleaseAllowance, state: AllowanceState): Decision<AllowanceEvent> {
  const { person, period, approval, signature } = command;
  if (state.over.includes(signature)) return [];
  return [{ type: 'AllowanceReleased', data: { person, period, approval, signature, amount: cny(state.taken[signature] ?? 0) } }];
}

/** `allowance` is part of every stream name: renaming it would set every sum back to nothing. */
export const allowance = timedAggregate({
  name: 'allowance', initial: noAllowance, decide, evolve, clocks: [], formats: allowanceEvents, stage: (state) => state.stage,
});
