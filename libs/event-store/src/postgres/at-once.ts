import type { Client } from 'pg';
import type { PreparedAppend } from '../prepared-append.js';
import type { Batch, Found, Job } from './decide-group.js';
import { toName, writeValues } from './encode.js';
import { appendAsExpected, ask } from './statements.js';
import { decide, type Rules } from './transaction.js';

/** The head as this instance's last commit left it. */
export type Left = Pick<Found, 'next' | 'recordedAt'>;

/**
 * What the group comes to if nobody else wrote meanwhile, every stream ends where its first request expects it and no
 * command id was used before; null for a group that one question cannot carry. The server holds each of these against
 * the log once it has the lock, and writes nothing when one is not so.
 */
export function expectGroup(jobs: readonly Job[], left: Left, { now }: Rules): Batch | null {
  const versions = new Map<string, number>();
  for (const job of jobs) {
    if (job.kind !== 'append' || job.request.releases) return null;
    if (!versions.has(job.request.stream)) versions.set(job.request.stream, job.request.expectedVersion);
  }
  const batch = decide(jobs.map(ofItsOwn), { ...left, commands: new Map(), versions }, now);
  // The server looks for the receipts of what is to be written. Any other answer could be wrong where a receipt is there.
  return batch.results.every((result) => result?.outcome === 'appended') ? batch : null;
}

/** Bytes can be completed once, and the group may have to be decided again with what the server found. */
function ofItsOwn(job: Job): Job {
  if (job.kind !== 'append') return job;
  const events: PreparedAppend['events'] = { ...job.request.events, block: Buffer.from(job.request.events.block) };
  return { kind: 'append', request: { ...job.request, events } };
}

/** One question and one answer, which comes after the commit. False when nothing was written because the log is not as expected. */
export async function appendAtOnce(client: Client, batch: Batch, levels: string): Promise<boolean> {
  const { from, marks } = batch;
  const [answer] = await ask(client, appendAsExpected, levels, from.recordedAt, [...from.versions.keys()].map(toName), [...from.versions.values()],
    marks.map(({ source }) => toName(source)), marks.map(({ index }) => index), ...writeValues(batch));
  return answer?.appended === true;
}
