import type { Decode, EventStore, InboxMark } from 'aftercare/event-store';
import type { Opened, Recorded } from 'aftercare/kernel';
import type { ReactionCommand } from './reaction.js';
import type { Time } from './time.js';

/** How a command of a reaction is to be recorded. */
export interface ExecutionMeta {
  /** The same for every delivery of the same event. */
  readonly commandId: string;
  readonly causation: Recorded;
  /** Present on the last command only: effect and position are one transaction. */
  readonly inbox?: InboxMark;
}

/** What the service host lends to the inbox. */
export interface ReactionHost {
  /** Name of the department. */
  readonly log: string;
  readonly store: EventStore;
  /** The department's way from bytes to events, of its own log and of others. */
  readonly decode: Decode;
  /** Opens the personal part for the reaction. */
  open(recorded: Recorded): Promise<Opened>;
  /** Answers when the command is recorded or finally refused; throws for what should be tried again. */
  execute(command: ReactionCommand, meta: ExecutionMeta): Promise<void>;
}

/** What a department does about one type of event: the opened event in, commands out. */
export type React = (event: Opened) => Promise<readonly ReactionCommand[]>;

/**
 * The same reaction with an end: one that never answers would hold its case for ever and in the end, as nothing is
 * acknowledged past it, the whole source. Only the answer is given up, and only `execute` has effects, so an answer
 * that comes too late does nothing.
 */
export function answeringWithin(ms: number, react: React, time: Time): React {
  return event => new Promise((resolve, reject) => {
    const callOff = time.after(ms, () => reject(new Error(`the reaction did not answer within ${ms} ms`)));
    react(event).finally(callOff).then(resolve, reject);
  });
}

/** Does what the reaction wants and marks the event as dealt with; safe to repeat at any point. */
export async function reactOnce(host: ReactionHost, event: Recorded, react: React): Promise<void> {
  const mark = { source: event.log, index: event.index };
  const commands = await react(await host.open(event));
  for (const [place, command] of commands.entries()) {
    const isLast = place === commands.length - 1;
    await host.execute(command, { commandId: `${event.id}:${place}`, causation: event, ...(isLast ? { inbox: mark } : {}) });
  }
  // A refused command records nothing and so no mark either; without this line its event would come back for ever.
  if (!await host.store.inboxSeen(mark)) await host.store.markInbox(mark);
}
