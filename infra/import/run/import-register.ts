import type { Mapping } from '../mapping/mapping.js';
import { RowTranslator } from '../mapping/row-to-command.js';
import { readRegister } from '../readers/read-register.js';
import { batchesOf, type Batch } from './batches.js';
import { outcomesOf } from './outcomes.js';
import { RejectsFile } from './rejects-file.js';
import type { ResumeFile } from './resume-file.js';
import { sendBatch, type Sending } from './send-batch.js';
import type { Survey } from './survey.js';
import { counted, mustBalance, NOTHING_YET, type Tally } from './tally.js';

export interface ImportJob {
  readonly file: string;
  readonly mapping: Mapping;
  readonly survey: Survey;
  readonly rejectsFile: string;
  readonly resume: ResumeFile;
  readonly sending: Sending;
  /** Requests under way at once: intake works on one while the next is on its way. */
  readonly inFlight: number;
  readonly progress: (tally: Tally) => void;
}

/**
 * Sends every row that is not settled yet. Batches may be answered in any order and are written down in that of the
 * file, so that "settled up to row n" is one number. @returns the tally of the whole file, earlier parts included
 */
export async function importRegister(job: ImportJob): Promise<Tally> {
  const { file, mapping, survey, resume } = job;
  const before = resume.read(survey.digest);
  const rejects = RejectsFile.open(job.rejectsFile, before?.rejectsBytes ?? 0);
  let tally = before?.tally ?? NOTHING_YET;
  const settle = (batch: Batch, results: Awaited<ReturnType<typeof sendBatch>>): void => {
    const { buckets, rejects: refused } = outcomesOf(batch, results);
    rejects.add(refused);
    tally = counted(tally, buckets);
    resume.write({ digest: survey.digest, tally, rejectsBytes: rejects.bytes });
    job.progress(tally);
  };
  try {
    const batches = batchesOf(readRegister(file, mapping), new RowTranslator(mapping), tally.read);
    await inOrder(batches, job.inFlight, async (batch) => ({ batch, results: await sendBatch(mapping.register, batch.rows, job.sending) }),
      ({ batch, results }) => settle(batch, results));
    mustBalance(tally, survey.rows);
    resume.remove();
    return tally;
  } finally {
    rejects.close();
  }
}

/** Works on `width` items at once and hands on the results in the order of the items. The first failure ends it. */
export async function inOrder<T, R>(
  items: AsyncIterable<T>, width: number, work: (item: T) => Promise<R>, take: (result: R) => void,
): Promise<void> {
  const underWay: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const begun = work(item);
      // Its failure is met when its turn comes; until then Node would take it for one that nobody handles.
      begun.catch(() => undefined);
      underWay.push(begun);
      if (underWay.length < width) continue;
      take(await (underWay[0] as Promise<R>));
      underWay.shift();
    }
    for (const result of underWay) take(await result);
  } finally {
    // The others of a failed import still end; nobody else would hear of their failure.
    await Promise.allSettled(underWay);
  }
}
