import { deputyEvents, type AppointDeputy, type DeputyEvent, type EndDeputyship } from 'aftercare/contracts';
import { refuse, unreachable, type Decision, type DecisionContext } from 'aftercare/kernel';
import { mayBy, timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noDeputies, type DeputyCommand, type DeputyState } from './deputy.js';
import { aDeputyIsNamedByThePrincipalOrAbove } from './rules/a-deputy-is-named-by-the-principal-or-above.js';

type Context = DecisionContext<PolicySet>;

export function decide(command: DeputyCommand, state: DeputyState, context: Context): Decision<DeputyEvent> {
  switch (command.type) {
    case 'AppointDeputy': return appoint(command, state, context);
    case 'EndDeputyship': return end(command, state, context);
    default: return unreachable(command);
  }
}

function appoint(command: AppointDeputy, state: DeputyState, context: Context): Decision<DeputyEvent> {
  const { actor, freshId } = context;
  const { forRole: role, deputy, from, to } = command;
  const person = command.forPerson ?? (actor.role === `billing.${role}` ? actor.id : null);
  return aDeputyIsNamedByThePrincipalOrAbove({ role, person, deputy, from, to }, state, context)
    ?? [{ type: 'DeputyAppointed', data: { deputyship: freshId, role, person, deputy, from, to, appointedBy: actor.id } }];
}

function end({ deputyship }: EndDeputyship, { deputyships }: DeputyState, { actor, policy }: Context): Decision<DeputyEvent> {
  const known = deputyships.find(({ id }) => id === deputyship);
  if (!known) return refuse('unknown-deputyship', { zh: '没有该代理。', en: 'There is no such deputyship for this office.' }, { field: 'deputyship' });
  if (known.ended) return [];
  const isTheirs = mayBy(policy.setting('approval.deputy_overseers'), actor.role)
    || known.person === actor.id || known.appointedBy === actor.id || known.deputy === actor.id;
  if (!isTheirs) {
    return refuse('not-the-principal', { zh: '只有本人、代理人或管理层可以结束代理。', en: 'Only the principal, the deputy or management can end it.' });
  }
  return [{ type: 'DeputyshipEnded', data: { deputyship, role: known.role, endedBy: actor.id } }];
}

/** `deputy` is part of every stream name: renaming it would orphan recorded deputyships. */
export const deputies = timedAggregate({
  name: 'deputy', initial: noDeputies, decide, evolve, clocks: [], formats: deputyEvents, stage: (state) => state.stage,
  // An office belongs to no case: who may name a deputy is what is in force on that day, and the event tells which version that was.
  matters: { raisedBy: () => null, decidedBy: () => null },
});
