import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { MappingFaulty } from '../import/mapping/mapping-faults.js';
import { readMapping } from '../import/mapping/read-mapping.js';
import { RegisterUnreadable } from '../import/readers/source-row.js';
import { importProgress } from '../import/run/import-progress.js';
import { importRegister, type ImportJob } from '../import/run/import-register.js';
import { ResumeFile } from '../import/run/resume-file.js';
import type { Post } from '../import/run/send-batch.js';
import { surveyRegister } from '../import/run/survey.js';
import type { Tally } from '../import/run/tally.js';
import { projectRoot } from '../launcher/project-root.js';
import type { RegisterCommand } from './register-command.js';
import { connect, type Connection } from './connection.js';
import { dataFolderOf, withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { DepartmentUnavailable } from './problem.js';
import { facts } from './table.js';
import type { Terminal } from './terminal.js';

interface ImportOptions {
  readonly data?: string;
  readonly mapping: string;
  readonly out: string;
  readonly restart?: boolean;
  readonly json?: boolean;
}

const ANSWER_WITHIN_MS = 60_000;
const FIRST_WAIT_MS = 250;
const IN_FLIGHT = 3;

export const importCommand: RegisterCommand = (program, terminal, exit) => {
  withDataFolder(program.command('import <file>'))
    .description('take a register over: every row becomes a case, or a refusal that is named')
    .requiredOption('--mapping <mapping>', 'mapping file, or the name of one that comes with the project')
    .option('--out <dir>', 'folder for rejects-<file>.csv', '.')
    .option('--restart', 'forget where an interrupted import of this file stopped')
    .option('--json', 'for programs: { register, read, imported, repeated, refused, seconds, rowsPerSecond, rejectsFile }')
    .addHelpText('after', [
      '', 'Examples:', '  aftercare import complaints.csv --mapping complaint-register', '  aftercare import old.xlsx --mapping ./old.yaml --out ./rejects',
      '', 'Running it again is safe: the same row is the same case. An interrupted import goes on where it stopped.',
      'Exit code 0 when every row is a case, 7 when some were refused, 1 when the file could not be gone through.',
    ].join('\n'))
    .action(async (file: string, options: ImportOptions) => {
      const tally = await taken(resolve(file), options, terminal);
      if (tally.refused > 0) exit(EXIT.rowsRefused);
    });
};

async function taken(file: string, options: ImportOptions, terminal: Terminal): Promise<Tally> {
  if (!existsSync(file)) throw new CliFailure(EXIT.notFound, `there is no file ${file}.`);
  const connection = connect(options, 'intake.clerk');
  const { mapping, survey } = await explained(async () => {
    const text = readFileSync(mappingFile(options.mapping), 'utf8');
    const read = readMapping(text);
    return { mapping: read, survey: await surveyRegister(file, read, text) };
  });
  const resume = new ResumeFile(join(dataFolderOf(options), 'import', `${mapping.register}.json`));
  if (options.restart) resume.remove();
  const already = resume.read(survey.digest)?.tally.read ?? 0;
  if (already > 0) terminal.err(`going on after ${already} rows that are settled`);
  const rejectsFile = join(resolve(options.out), `rejects-${basename(file, extname(file))}.csv`);
  const progress = importProgress(terminal, survey.rows, already);
  const began = Date.now();
  const job: ImportJob = {
    file, mapping, survey, rejectsFile, resume, inFlight: IN_FLIGHT, progress: (tally) => progress.update(tally), sending: {
      post: postTo(connection), mayPass, firstWaitMs: FIRST_WAIT_MS,
      waiting: (attempt, waitMs) => { if (attempt === 3) terminal.err(`intake does not answer; trying again, next in ${waitMs / 1_000} s`); },
    },
  };
  const tally = await explained(() => importRegister(job)).finally(() => progress.end());
  terminal.out(report(mapping.register, tally, { seconds: (Date.now() - began) / 1_000, already, rejectsFile }, options.json === true));
  return tally;
}

/** A path, or the name of a mapping in infra/import/mappings. */
function mappingFile(named: string): string {
  const shipped = join(projectRoot(), 'infra', 'import', 'mappings', `${named}.yaml`);
  const found = [resolve(named), shipped].find((path) => existsSync(path));
  if (found === undefined) throw new CliFailure(EXIT.notFound, `there is no mapping ${named}, neither as a file nor as ${shipped}.`);
  return found;
}

function postTo(connection: Connection): Post {
  return async (body) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) };
    const response = await connection.request('/intake/complaints/import', init);
    // A connection that ends inside the answer is one more way of being away.
    return await response.json().catch(() => { throw new DepartmentUnavailable('intake'); }) as Awaited<ReturnType<Post>>;
  };
}

function mayPass(error: unknown): boolean {
  return error instanceof DepartmentUnavailable || (error instanceof CliFailure && error.exitCode === EXIT.notRunning);
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MappingFaulty) throw new CliFailure(EXIT.usage, error.message);
    if (error instanceof RegisterUnreadable) throw new CliFailure(EXIT.failed, `${error.message}.`);
    throw error;
  }
}

function report(register: string, tally: Tally, run: { seconds: number; already: number; rejectsFile: string }, json: boolean): string {
  const rowsPerSecond = Math.round((tally.read - run.already) / Math.max(run.seconds, 0.001));
  const { seconds, rejectsFile } = run;
  if (json) return JSON.stringify({ register, ...tally, seconds, rowsPerSecond, rejectsFile });
  return facts([
    ['Read', `${tally.read} rows`], ['Imported', `${tally.imported} new cases`], ['Repeated', `${tally.repeated} were cases already`],
    ['Refused', tally.refused === 0 ? 'none' : `${tally.refused}, each with its reason in ${rejectsFile}`], ['Speed', `${rowsPerSecond} rows/s, ${seconds.toFixed(1)} s`],
  ]);
}
