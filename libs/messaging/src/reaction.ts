import type { Aggregate, DomainEvent } from 'aftercare/kernel';

/**
 * What a reaction wants done: a command on one of its own department's aggregates. The command id is derived from
 * the event id and the place in the list, so a repeated delivery changes nothing.
 */
export interface ReactionCommand {
  readonly aggregate: Aggregate;
  readonly id: string;
  readonly command: { readonly type: string };
}

export function order<C extends { readonly type: string }, S, E extends DomainEvent, P>(
  aggregate: Aggregate<C, S, E, P>, id: string, command: C,
): ReactionCommand {
  return { aggregate: aggregate as unknown as Aggregate, id, command };
}

/** A reaction answers with what it wants done: nothing, one command or several. */
export type Reaction = ReactionCommand | readonly ReactionCommand[] | undefined;
