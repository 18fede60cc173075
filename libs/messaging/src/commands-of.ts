import { isObservable, lastValueFrom } from 'rxjs';
import type { ReactionCommand } from './reaction.js';

/**
 * The commands in what Nest hands back for an event: a value, a promise or a stream of it, and for several methods on
 * one pattern a nested pair of `current` and `next`.
 */
export async function commandsOf(answer: unknown): Promise<readonly ReactionCommand[]> {
  const value: unknown = await answer;
  return flatten(isObservable(value) ? await lastValueFrom(value, { defaultValue: undefined }) : value);
}

function flatten(value: unknown): readonly ReactionCommand[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(flatten);
  if (typeof value === 'object' && 'aggregate' in value && 'command' in value) return [value as ReactionCommand];
  if (typeof value === 'object' && 'current' in value && 'next' in value) return [...flatten(value.current), ...flatten(value.next)];
  throw new TypeError('a reaction answered with something that is not a command');
}
