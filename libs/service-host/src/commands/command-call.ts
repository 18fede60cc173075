import type { InboxMark } from 'aftercare/event-store';
import type { Actor } from 'aftercare/kernel';

/** Everything about a command that is not its content. */
export interface CommandCall {
  readonly actor: Actor;
  /** The caller's `Idempotency-Key`, or the id derived from the event a reaction answers. */
  readonly commandId: string;
  /** From `If-Match`; null when the caller takes the state as it is. */
  readonly expectedVersion: number | null;
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  /** Set by reactions: the event that caused the command, its case with the policy version of that, and the message to mark as dealt with. */
  readonly cause?: { readonly eventId: string; readonly correlationId: string; readonly adoption?: string };
  readonly inbox?: InboxMark;
  /** A person's signature under what the command decides; goes into every event of it. */
  readonly signature?: string;
}

/** What a caller gets for a command that was taken. A repeated command gets the same receipt again. */
export interface CommandReceipt {
  readonly id: string;
  /** What people quote, for example `CMP-2026-7K3F-Q9XB`. */
  readonly number?: string;
  readonly version: number;
  readonly stage: string;
  readonly events: readonly string[];
  readonly repeated: boolean;
}
