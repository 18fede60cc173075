import type { CaseReading } from 'aftercare/event-store';
import { isAboutPenalties, POLICY_BOOK_ID } from 'aftercare/policy';
import { boundOf, isDated, type CaseWindow } from './case-window.js';
import type { CaseChunk, Department } from './plan.js';

const PAGE = 20_000;
/** Large enough that asking costs nothing beside reading, small enough for flat memory and a bar that moves. */
const CASES_PER_CHUNK = 250;
const BEHIND_EVERY_ID = '\u{10ffff}';

type Chunk = Omit<CaseChunk, 'completes'>;

export interface CasesFound {
  readonly chunks: readonly Chunk[];
  /** Ids, to count a case of several departments once. */
  readonly cases: readonly string[];
  /** Records under an id that does not say when they began, such as lots: they are not told again. */
  readonly undated: number;
}

export async function findCases(reading: CaseReading, department: Department, window: Pick<CaseWindow, 'from' | 'before'>): Promise<CasesFound> {
  const [first, behind] = [boundOf(window.from), boundOf(window.before)];
  const cases: string[] = [];
  const proposals: string[] = [];
  let undated = 0;
  for (let after = ''; ;) {
    const page = await reading.caseIds(after, BEHIND_EVERY_ID, PAGE);
    for (const id of page) {
      if (isDated(id)) {
        if (id >= first && id < behind) cases.push(id);
      } else if (department === 'billing' && await isProposedIn(reading, id, window)) proposals.push(id);
      else if (id !== POLICY_BOOK_ID) undated += 1;
    }
    if (page.length < PAGE) return { cases: [...cases, ...proposals], chunks: [...chunksOf(department, cases), ...proposals.map((id) => ({ department, first: id, last: id, cases: 1 }))], undated };
    after = page.at(-1) as string;
  }
}

/** A bonus belongs to no case: its record, of a person and a month, is as old as its first event. */
async function isProposedIn(reading: CaseReading, id: string, { from, before }: Pick<CaseWindow, 'from' | 'before'>): Promise<boolean> {
  const [first] = await reading.recordsOfCases(id, id);
  if (!first) return false;
  const { stream, occurredAt } = reading.decode(first.stored);
  return isAboutPenalties(stream) && occurredAt >= from && occurredAt < before;
}

function chunksOf(department: Department, cases: readonly string[]): Chunk[] {
  return Array.from({ length: Math.ceil(cases.length / CASES_PER_CHUNK) }, (_, at) => {
    const part = cases.slice(at * CASES_PER_CHUNK, (at + 1) * CASES_PER_CHUNK);
    return { department, first: part[0] as string, last: part.at(-1) as string, cases: part.length };
  });
}

/** The chunks of all departments, in their order, each with the number of cases that are done with it: what is counted is cases, not their parts. */
export function workOver(found: readonly CasesFound[]): CaseChunk[] {
  const later = new Set<string>();
  return found.toReversed().flatMap(({ chunks, cases }) => {
    let end = cases.length;
    return chunks.toReversed().map((chunk) => {
      const part = cases.slice(end - chunk.cases, end);
      end -= chunk.cases;
      const before = later.size;
      for (const id of part) later.add(id);
      return { ...chunk, completes: later.size - before };
    });
  }).reverse();
}
