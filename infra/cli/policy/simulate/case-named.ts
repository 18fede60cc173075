import type { CaseReading } from 'aftercare/event-store';
import { caseNumber } from 'aftercare/kernel';
import { onlyOne, readReference, type CaseKind } from '../../replay/find-case.js';
import { boundOf, isDated } from './case-window.js';
import { openLog } from './desk.js';
import type { LogPlace } from './plan.js';

const PAGE = 20_000;
const STREAM_OF: Readonly<Record<CaseKind, string>> = { CMP: 'complaint', INQ: 'inquiry', SUG: 'suggestion' };
/** The year of a number is that of the business zone, UTC+8. */
const newYear = (year: number): string => boundOf(new Date(Date.UTC(year, 0, 1, -8)).toISOString());

/**
 * The id of a case from what was typed, from the logs themselves, since nothing has to run: a number is computed from
 * the id, so the ids of its year are enough. Null for a number that no log has. @throws CliFailure
 */
export async function caseNamed(reference: string, logs: readonly LogPlace[]): Promise<string | null> {
  const read = readReference(reference);
  if ('id' in read) return read.id;
  const found = new Set<string>();
  // Only intake can tell a complaint from an inquiry with the same letters; without its log the letters have to do.
  const intake = logs.filter(({ department }) => department === 'intake');
  for (const log of intake.length > 0 ? intake : logs) {
    const reading = await openLog(log);
    try {
      for (const id of await idsOf(reading, read.number, read.kind)) {
        if (log.department !== 'intake' || (await reading.readStream(`${STREAM_OF[read.kind]}-${id}`, 0, 1)).length > 0) found.add(id);
      }
    } finally {
      await reading.close();
    }
  }
  return onlyOne(read.number, [...found]);
}

async function idsOf(reading: CaseReading, number: string, kind: CaseKind): Promise<readonly string[]> {
  const year = Number(number.split('-')[1]);
  const behind = newYear(year + 1);
  const ids: string[] = [];
  for (let after = newYear(year); ;) {
    const page = await reading.caseIds(after, behind, PAGE);
    ids.push(...page.filter((id) => isDated(id) && caseNumber(kind, id) === number));
    if (page.length < PAGE) return ids;
    after = page.at(-1) as string;
  }
}
