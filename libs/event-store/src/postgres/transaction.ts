import type { Client } from 'pg';
import type { Now } from '../log-clock.js';
import { commandOf, entryValues, fromName, toName, writeValues, type Written } from './encode.js';
import { decideGroup, type Batch, type Found, type Job } from './decide-group.js';
import {
  ask, commandsOf, keepInQuarantine, lockHead, markInbox, releaseFromQuarantine, versionsOf, write, type HeadRow,
} from './statements.js';
import { requireOpen, standingOf } from '../standing.js';
import { NotSound } from './trouble.js';

/** Between which statements a transaction is; tests wait or break it there. */
export type Stage = 'beginning' | 'locked' | 'written' | 'committed';

/** What an instance remembers of the log, only to notice that it was harmed. */
export interface Seen {
  /** What the settings said when the session was found sound. */
  readonly levels: string;
  /** Number of events that were durable at some time. */
  readonly highest: number;
}

export interface Rules extends Seen {
  readonly log: string;
  readonly now: Now;
  readonly at: (stage: Stage) => Promise<void> | void;
}

/** A mistake of this program or of its clock, not of the server. */
export class Defect extends Error {}

/** Everything of a group but the COMMIT. Whatever it throws, nothing is recorded. */
export async function writeGroup(client: Client, jobs: readonly Job[], rules: Rules): Promise<Batch> {
  await rules.at('beginning');
  const found = await lockAndLookUp(client, jobs, rules);
  await rules.at('locked');
  const batch = decide(jobs, found, rules.now);
  if (batch.commands.length > 0) await writeRecords(client, batch);
  await settleMessages(client, batch);
  await rules.at('written');
  return batch;
}

export function changesNothing({ commands, marks, quarantine }: Batch): boolean {
  return commands.length + marks.length + quarantine.length === 0;
}

/** Sent without waiting in between; each statement still sees everything that was committed before it got the lock. */
async function lockAndLookUp(client: Client, jobs: readonly Job[], rules: Rules): Promise<Found> {
  const appends = jobs.flatMap((job) => (job.kind === 'append' ? [job.request] : []));
  const ids = [...new Set(appends.map(({ commandId }) => commandId))].map(toName);
  const streams = [...new Set(appends.map(({ stream }) => stream))].map(toName);
  const [, head, commands, versions] = await Promise.all([
    client.query('BEGIN'), ask(client, lockHead), ids.length > 0 ? ask(client, commandsOf, ids) : [], streams.length > 0 ? ask(client, versionsOf, streams) : [],
  ]);
  const { next, recordedAt, filling, departure } = requireUnharmed(head[0], rules);
  requireOpen(standingOf(filling, departure), rules.log);
  return {
    next, recordedAt, commands: new Map(commands.map(commandOf).map((command) => [command.commandId, command])),
    versions: new Map(versions.map(({ stream, version }) => [fromName(stream), version])),
  };
}

/**
 * A server that was set back, or a standby that was promoted without the last commits, has lost what was acknowledged.
 * @throws NotSound
 */
export function requireUnharmed(head: HeadRow | undefined, { levels, highest }: Seen): HeadRow {
  if (!head) throw new NotSound('The log has lost its head');
  if (head.levels !== levels) throw new NotSound('The durability settings of PostgreSQL have been changed');
  if (head.next < highest) throw new NotSound(`The log has lost acknowledged events: it had ${highest} and has ${head.next}`);
  return head;
}

export function decide(jobs: readonly Job[], found: Found, now: Now): Batch {
  try {
    return decideGroup(jobs, found, now);
  } catch (error) {
    throw new Defect('The commit failed because of a defect', { cause: error });
  }
}

/** An insert that quietly did less than it was told would acknowledge what is not there. */
export async function writeRecords(client: Client, batch: Written): Promise<void> {
  const [count] = await ask(client, write, ...writeValues(batch));
  if (count?.events !== batch.events.length || count.commands !== batch.commands.length || count.heads !== 1) {
    throw new NotSound('PostgreSQL wrote less than it was told');
  }
}

async function settleMessages(client: Client, { marks, quarantine }: Batch): Promise<void> {
  const kept = quarantine.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  const released = quarantine.flatMap(({ mark, entry }) => (entry === null ? [mark] : []));
  await Promise.all([
    marks.length > 0 && ask(client, markInbox, marks.map(({ source }) => toName(source)), marks.map(({ index }) => index)),
    kept.length > 0 && ask(client, keepInQuarantine, ...entryValues(kept)),
    released.length > 0 && ask(client, releaseFromQuarantine, released.map(({ source }) => toName(source)), released.map(({ index }) => index)),
  ]);
}
