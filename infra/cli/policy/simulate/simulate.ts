import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LogUnreadable, StoreUnavailable } from 'aftercare/event-store';
import { UnreadableVersion } from 'aftercare/kernel';
import { boundInVain, changedKeys, draftOf, type AdoptionDocument, type Difference } from 'aftercare/policy';
import { DEPARTMENTS } from '../../../launcher/departments.js';
import { storeVariable } from '../../../launcher/service-plan.js';
import { dataFolderOf } from '../../data-folder.js';
import { CliFailure, EXIT } from '../../exit-codes.js';
import { namedDepartments } from '../../tail/position.js';
import type { Terminal } from '../../terminal.js';
import { inForceDuring } from './adopted.js';
import { caseNamed } from './case-named.js';
import { windowOf, type CaseWindow } from './case-window.js';
import { adoptionsIn, openLog } from './desk.js';
import { simulated } from './desks.js';
import { isNote } from './found.js';
import { findCases, workOver, type CasesFound } from './find-cases.js';
import type { Department, LogPlace, SimulationPlan } from './plan.js';
import { progressOver } from './progress.js';
import { readDraft } from './read-draft.js';
import { csvHead, csvOf, differenceTable, lineOf, totalsTable } from './report.js';
import { Tally } from './totals.js';

export interface SimulateOptions {
  readonly draft: string;
  readonly packs?: string;
  readonly from: string;
  readonly to: string;
  readonly department?: string;
  readonly case?: string;
  readonly json?: boolean;
  readonly csv?: string;
  readonly data?: string;
}

/** A screen is no place for more; files and programs get all. */
const MOST_SHOWN = 200;

export async function simulate(options: SimulateOptions, terminal: Terminal): Promise<void> {
  const began = performance.now();
  const { company, packs } = await readDraft(options.draft, options.packs, terminal);
  const draft = draftOf(company, packs);
  const window = windowOf(options.from, options.to, draft.policy.calendar, new Date().toISOString());
  const plan: SimulationPlan = { company, packs, horizon: window.horizon, logs: logsOf(options), mostListed: isForScreen(options) ? MOST_SHOWN : null };
  const only = options.case === undefined ? undefined : await explained(() => caseNamed(options.case as string, plan.logs));
  const found = only === null ? [] : await explained(() => casesOf(plan.logs, window, only));
  const cases = new Set(found.flatMap((one) => one.cases)).size;
  if (options.case !== undefined && cases === 0) throw new CliFailure(EXIT.notFound, `no department knows a case ${options.case}.`);
  const tally = new Tally();
  const listed = listing(options, terminal);
  const work = workOver(found);
  const progress = progressOver(terminal, cases);
  try {
    await explained(async () => {
      let done = 0;
      for await (const { chunk, ...result } of simulated(plan, work)) {
        tally.add(result);
        for (const difference of result.differences) listed.take(difference);
        progress.update(done += chunk.completes, tally.differences);
      }
    });
  } finally {
    progress.end();
    listed.close();
  }
  const adopted = found.flatMap((one) => one.adopted);
  const vain = boundInVain(draft.document);
  const totals = tally.totals(cases, found.reduce((sum, { undated }) => sum + undated, 0), changedKeys(adopted, draft.document), vain);
  if (!options.json) terminal.out([listed.shown(tally.all), totalsTable(totals)].filter((part) => part !== '').join('\n\n'));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  terminal.out(JSON.stringify({ draft: `${company.id}@${company.version}`, from: options.from, to: options.to, horizon: window.horizon, ...totals, seconds }));
}

function logsOf(options: SimulateOptions): LogPlace[] {
  const named = options.department === undefined ? DEPARTMENTS : namedDepartments([options.department]) as Department[];
  return named.map((department) => ({
    department, dataDir: join(dataFolderOf(options), department), setting: process.env[storeVariable(department)] || 'sqlite',
  }));
}

async function casesOf(logs: readonly LogPlace[], window: CaseWindow, only: string | undefined): Promise<Found[]> {
  const found: Found[] = [];
  for (const log of logs) {
    const reading = await openLog(log);
    try {
      const adopted = inForceDuring(await adoptionsIn(reading), window.from, window.horizon);
      if (only === undefined) found.push({ adopted, ...await findCases(reading, log.department, window) });
      else if ((await reading.recordsOfCases(only, only)).length > 0) found.push({ adopted, cases: [only], chunks: [{ department: log.department, first: only, last: only, cases: 1 }], undated: 0 });
    } finally {
      await reading.close();
    }
  }
  return found;
}

interface Found extends CasesFound {
  /** In force in the department at any time of the window. */
  readonly adopted: readonly AdoptionDocument[];
}

/** An error of a thread comes without its class. */
const isOf = (error: unknown, ...classes: readonly { readonly name: string }[]): error is Error => error instanceof Error && classes.some(({ name }) => error.name === name);

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isOf(error, LogUnreadable, StoreUnavailable, UnreadableVersion)) throw new CliFailure(EXIT.failed, `the log cannot be read: ${error.message}.`);
    throw error;
  }
}

const isForScreen = ({ json, csv }: SimulateOptions): boolean => !json && csv === undefined;

interface Listing {
  take(difference: Difference): void;
  /** @param lines how many differences and notes there are, taken or not */
  shown(lines: number): string;
  close(): void;
}

/** Where differences go as they are found: to the file, as lines, or on the screen at the end, before what is only noted. */
function listing({ json, csv }: SimulateOptions, terminal: Terminal): Listing {
  const file = csv === undefined ? null : openSync(csv, 'w');
  if (file !== null) writeSync(file, csvHead());
  const kept: Difference[] = [];
  const noted: Difference[] = [];
  return {
    take(difference) {
      if (file !== null) writeSync(file, csvOf(difference));
      if (json) terminal.out(JSON.stringify(difference));
      else {
        const list = isNote(difference) ? noted : kept;
        if (list.length < MOST_SHOWN) list.push(difference);
      }
    },
    shown(lines) {
      const first = [...kept, ...noted].slice(0, MOST_SHOWN);
      if (first.length === 0) return '';
      const more = lines - first.length;
      return differenceTable(first.map(lineOf)) + (more > 0 ? `\n… and ${more.toLocaleString('en-US')} more: --csv FILE and --json give all of them` : '');
    },
    close() { if (file !== null) closeSync(file); },
  };
}
