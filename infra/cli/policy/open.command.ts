import { isQuestion, QUESTION_KINDS } from 'aftercare/contracts';
import { nearestWord } from 'aftercare/policy';
import { connect, DEPARTMENT_ANSWERS_WITHIN_MS, type Connection } from '../connection.js';
import { withDataFolder } from '../data-folder.js';
import { CliFailure, EXIT } from '../exit-codes.js';
import { pagesOf } from '../pages.js';
import { DepartmentUnavailable } from '../problem.js';
import type { RegisterCommand } from '../register-command.js';
import { plain } from '../table.js';
import { fittedTable } from './fitted-table.js';
import { namedDepartments } from '../tail/position.js';
import { age, onBusinessClock } from '../time.js';
import { policyCommand } from './policy-group.js';

interface Row {
  readonly caseId: string;
  readonly number: string | null;
  readonly question: string;
  readonly state: string;
  readonly table: string | null;
  readonly why: string;
  readonly missing: string | null;
  readonly matching: string | null;
  readonly since: string;
  readonly mayDecide: string | null;
  readonly decidedBy: string | null;
  readonly outcome: string | null;
  readonly endedBy: string | null;
  readonly adoption: string | null;
}
type Found = Row & { readonly department: string };

interface Options {
  readonly data?: string;
  readonly department?: string;
  readonly state: string;
  readonly question?: string;
  readonly json?: boolean;
}

const STATES = ['open', 'decided', 'answered', 'ended', 'any'];

export const policyOpenCommand: RegisterCommand = (program, terminal, exit) => {
  withDataFolder(policyCommand(program).command('open'))
    .description('decisions that no rule takes and that wait for a person, oldest first, over all departments')
    .option('--department <name>', 'only this one')
    .option('--state <state>', `${STATES.join(', ')}; open unless told`, 'open')
    .option('--question <question>', 'major, routing, grade, reportability, eligibility, approver, signature:STEP:SIGNER')
    .option('--json', 'one decision per line as JSON, for programs')
    .addHelpText('after', [
      '\nExamples:', '  aftercare policy open', '  aftercare policy open --department quality --question grade', '  aftercare policy open --state any --json | jq -r .table | sort | uniq -c',
      '\nExit code 0 however many there are, 3 when a department did not answer.',
    ].join('\n'))
    .action(async (options: Options) => {
      if (!STATES.includes(options.state)) throw new CliFailure(EXIT.usage, `--state is ${STATES.join(', ')}, not "${options.state}".`);
      requireQuestion(options.question);
      const connection = connect(options, 'auditor');
      const departments = namedDepartments(options.department ? [options.department] : []);
      const answers = await Promise.all(departments.map((department) => allOf(department, options, connection)));
      const rows = answers.flatMap((found) => found ?? []).toSorted((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : 0));
      const away = departments.filter((_, place) => answers[place] === null);
      if (rows.length === 0) {
        // Where nobody answered nothing is known about what matches.
        if (!options.json && away.length < departments.length) terminal.out('No decision matches.');
      } else if (!options.json) terminal.out(shown(rows));
      else terminal.out(rows.map((row) => JSON.stringify({ ...row, ageSeconds: Math.floor(ageOf(row) / 1_000) })).join('\n'));
      if (away.length === 0) return;
      terminal.err(`aftercare: incomplete: ${away.join(', ')} did not answer.`);
      exit(EXIT.partlyUnavailable);
    });
};

/** A list of nothing would say that nothing waits. @throws CliFailure */
function requireQuestion(question: string | undefined): void {
  if (question === undefined || isQuestion(question)) return;
  const near = nearestWord(question, QUESTION_KINDS);
  throw new CliFailure(EXIT.usage, `--question is ${QUESTION_KINDS.join(', ')} (signature:STEP:SIGNER), not "${plain(question)}"${near === null ? '' : `; did you mean ${near}?`}`);
}

/** Null when the department is away or hangs. */
async function allOf(department: string, { state, question }: Options, connection: Connection): Promise<readonly Found[] | null> {
  const filters = new URLSearchParams({ state, ...(question !== undefined && { question }) });
  try {
    const { items } = await pagesOf<Row>(connection, `/${department}/open-decisions`, filters, { withinMs: DEPARTMENT_ANSWERS_WITHIN_MS });
    return items.map((row) => ({ department, ...row }));
  } catch (error) {
    if (error instanceof DepartmentUnavailable) return null;
    throw error;
  }
}

const ageOf = ({ since }: Row): number => Math.max(0, Date.now() - Date.parse(since));

function shown(rows: readonly Found[]): string {
  return fittedTable(['Department', 'Case', 'Question', 'Since (Asia/Shanghai)', 'Age', 'Why', 'Table', 'Policy', 'Who may decide', 'Decided'], rows.map((row) => [
    row.department, row.number ?? row.caseId, row.question, onBusinessClock(row.since), row.state === 'open' ? age(ageOf(row)) : '',
    whyOf(row), row.table ?? '', row.adoption ?? '', row.mayDecide ?? '', endOf(row),
  ].map(plain)));
}

function whyOf({ why, missing, matching }: Row): string {
  const named = missing ?? matching;
  return named === null ? why : `${why}: ${named}`;
}

function endOf({ state, outcome, decidedBy, endedBy }: Row): string {
  if (state === 'ended') return `ended: ${endedBy ?? ''}`;
  return outcome === null ? '' : `${outcome}, ${decidedBy ?? 'by rule'}`;
}
