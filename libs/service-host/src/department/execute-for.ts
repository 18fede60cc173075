import type { Aggregate, Recorded } from 'aftercare/kernel';
import type { ExecutionMeta, ReactionCommand } from 'aftercare/messaging';
import type { PolicySet } from 'aftercare/policy';
import type { Commands } from '../commands/commands.js';
import { ReactionRefused } from './reaction-refused.js';

/** A reaction acts as itself: the event it answers is the cause, its case is the case of the command. */
export async function executeFor(commands: Commands, { aggregate, id, command }: ReactionCommand, meta: ExecutionMeta): Promise<void> {
  const { causation, commandId, inbox } = meta;
  const outcome = await commands.execute(aggregate as Aggregate<{ readonly type: string }, unknown, never, PolicySet>, id, command, {
    actor: { id: reactionName(causation), role: 'system' }, commandId, expectedVersion: null, onBehalfOf: null, reason: null,
    cause: { eventId: causation.id, correlationId: causation.correlationId, adoption: causation.adoption }, ...(inbox && { inbox }),
  });
  if (outcome.outcome === 'refused') throw new ReactionRefused(outcome.refusal);
  if (outcome.outcome === 'late') throw new Error(`too many writers on ${aggregate.name}`);
}

const reactionName = (cause: Recorded): string => `reaction:${cause.log}.${cause.type}`;
