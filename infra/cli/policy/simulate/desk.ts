import { readableEvents, type PolicyBookEvent } from 'aftercare/contracts';
import { decodeWith, openForReading, type CaseReading, type CaseRecord } from 'aftercare/event-store';
import { streamOf, type Recorded } from 'aftercare/kernel';
import { draftOf, policyBook, POLICY_BOOK_ID, Simulation, type AdoptionDocument, type Difference, type Draft } from 'aftercare/policy';
import { shippedDocument, type Noted } from './adopted.js';
import { AGGREGATES } from './aggregates.js';
import { isDated } from './case-window.js';
import { firstOf, foundIn } from './found.js';
import type { CaseChunk, ChunkResult, Department, LogPlace, SimulationPlan } from './plan.js';

const PAGE = 1_000;
const decode = decodeWith(readableEvents);

interface Opened {
  readonly reading: CaseReading;
  readonly adopted: readonly AdoptionDocument[];
}

export function openLog({ department, setting, dataDir }: LogPlace): Promise<CaseReading> {
  return openForReading(setting, { log: department, dataDir, decode });
}

/** Tells cases again, chunk by chunk; each thread has one, with connections of its own. */
export class SimulationDesk {
  private readonly draft: Draft;
  private readonly opened = new Map<Department, Promise<Opened>>();

  constructor(private readonly plan: SimulationPlan) {
    this.draft = draftOf(plan.company, plan.packs);
  }

  async simulate({ department, first, last }: CaseChunk): Promise<ChunkResult> {
    const { reading, adopted } = await this.logOf(department);
    const { draft, plan: { horizon, mostListed } } = this;
    const simulation = new Simulation({ department, aggregates: await AGGREGATES[department](), draft, adopted, horizon });
    const shared = new Map<string, Promise<readonly Recorded[]>>();
    const whole = (stream: string): Promise<readonly Recorded[]> => {
      const events = shared.get(stream) ?? eventsOf(reading, stream);
      shared.set(stream, events);
      return events;
    };
    const differences: Difference[] = [];
    for (const [caseId, events] of byCase(await reading.recordsOfCases(first, last), reading.decode)) {
      // What was asked for by its id alone need not say when it began.
      if (first === last || isDated(caseId)) differences.push(...await simulation.differencesOf(caseId, events, whole));
    }
    return { differences: firstOf(differences, mostListed), found: foundIn(differences), counts: simulation.counts, answered: [...simulation.answered] };
  }

  async close(): Promise<void> {
    for (const log of this.opened.values()) await (await log).reading.close();
  }

  private logOf(department: Department): Promise<Opened> {
    const log = this.opened.get(department) ?? this.open(department);
    this.opened.set(department, log);
    return log;
  }

  private async open(department: Department): Promise<Opened> {
    const place = this.plan.logs.find((one) => one.department === department);
    if (!place) throw new Error(`no log of ${department} was named`);
    const reading = await openLog(place);
    const noted = await adoptionsIn(reading);
    return { reading, adopted: [shippedDocument(), ...noted.map(({ document }) => document)] };
  }
}

/** In the order in which the department heard of them. */
export async function adoptionsIn(reading: CaseReading): Promise<readonly Noted[]> {
  const noted = await eventsOf(reading, streamOf(policyBook, POLICY_BOOK_ID));
  return noted.map((event) => {
    const { document, effectiveFrom } = (event as unknown as PolicyBookEvent).data;
    return { document: JSON.parse(document) as AdoptionDocument, effectiveFrom };
  });
}

async function eventsOf(reading: CaseReading, stream: string): Promise<readonly Recorded[]> {
  const events: Recorded[] = [];
  for (;;) {
    const page = await reading.readStream(stream, events.length, PAGE);
    events.push(...page.map(({ event }) => event));
    if (page.length < PAGE) return events;
  }
}

/** They come by case, and are decoded when their case's turn has come. */
function* byCase(records: readonly CaseRecord[], decoded: CaseReading['decode']): Iterable<readonly [string, readonly Recorded[]]> {
  let from = 0;
  for (let at = 1; at <= records.length; at += 1) {
    const caseId = records[from]?.caseId;
    if (caseId === undefined || records[at]?.caseId === caseId) continue;
    yield [caseId, records.slice(from, at).map(({ stored }) => decoded(stored))];
    from = at;
  }
}
