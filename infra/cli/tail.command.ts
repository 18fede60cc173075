import { setTimeout as pause } from 'node:timers/promises';
import type { RegisterCommand } from './register-command.js';
import { connect, type Connection } from './connection.js';
import { withDataFolder } from './data-folder.js';
import type { CaseEvent } from './replay/recorded-event.js';
import { caseIdOf } from './replay/find-case.js';
import { withoutTexts } from './replay/without-texts.js';
import { LogFollower } from './tail/follow.js';
import { namedDepartments, readPosition, writePosition } from './tail/position.js';
import { renderLiveEvent } from './tail/render-live-event.js';
import { EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';

interface TailOptions {
  readonly data?: string;
  readonly department: readonly string[];
  readonly case?: string;
  readonly type: readonly string[];
  readonly from: string;
  readonly follow: boolean;
  readonly json?: boolean;
}

const POLL_MS = 300;
const collect = (text: string, before: readonly string[]): readonly string[] => [...before, ...text.split(',')];

export const tailCommand: RegisterCommand = (program, terminal, exit) => {
  withDataFolder(program.command('tail'))
    .description('events as they are recorded; Ctrl-C ends and prints where to go on')
    .option('--department <name>', 'only this one; may be given several times', collect, [])
    .option('--case <case>', 'only this case; id or number')
    .option('--type <type>', 'only this event type; may be given several times', collect, [])
    .option('--from <position>', '"start", "end" or what an earlier tail printed', 'end')
    .option('--no-follow', 'end when everything there is has been shown')
    .option('--json', 'for programs: one event per line')
    .addHelpText('after', [
      '', 'A department that gives no answer for 5 s is named and the others are shown; with --no-follow the exit code is then 3.',
      '', 'Examples:', '  aftercare tail', '  aftercare tail --department quality --type StopSaleOrdered',
      '  aftercare tail --case CMP-2026-7K3F-Q9XB --from start --no-follow', '  aftercare tail --from intake:120,quality:44 --json',
    ].join('\n'))
    .action(async (options: TailOptions) => {
      const connection = connect(options, 'auditor');
      const wanted = await filterOf(options, connection);
      const follower = await followerOf(options, connection, terminal, wanted);
      await run(follower, options.follow);
      sayWhereToGoOn(follower, terminal);
      if (options.follow || follower.away.length === 0) return;
      terminal.err(`aftercare: incomplete: ${follower.away.join(', ')} did not answer.`);
      exit(EXIT.partlyUnavailable);
    });
};

async function filterOf(options: TailOptions, connection: Connection): Promise<(event: CaseEvent) => boolean> {
  const caseId = options.case && await caseIdOf(options.case, connection);
  return ({ correlationId, type }) => (!caseId || correlationId === caseId) && (options.type.length === 0 || options.type.includes(type));
}

async function followerOf(options: TailOptions, connection: Connection, terminal: Terminal, wanted: (event: CaseEvent) => boolean): Promise<LogFollower> {
  const show = options.json ? (event: CaseEvent) => JSON.stringify(withoutTexts(event)) : renderLiveEvent;
  const follower = new LogFollower(connection, {
    events: (events) => events.filter(wanted).forEach((event) => terminal.out(show(event))),
    away: (department) => terminal.err(follower.neverAnswered.includes(department)
      ? `aftercare: ${department} does not answer; it is followed from its first answer on.` : `aftercare: ${department} does not answer; its events follow when it is back.`),
    back: (department) => terminal.err(`aftercare: ${department} is back.`),
  });
  const named = ['start', 'end'].includes(options.from) ? {} : readPosition(options.from);
  const departments = options.department.length === 0 && Object.keys(named).length > 0 ? Object.keys(named) : namedDepartments(options.department);
  await follower.startAt(Object.fromEntries(departments.map((department) => [department, named[department] ?? (options.from === 'start' ? 0 : 'end')])));
  return follower;
}

function sayWhereToGoOn({ position, neverAnswered }: LogFollower, terminal: Terminal): void {
  if (Object.keys(position).length > 0) terminal.err(`\nGo on from here: aftercare tail --from ${writePosition(position)}`);
  // A position names those that are followed: going on without a word would follow these no more.
  if (neverAnswered.length > 0) terminal.err(`Not in it, because they never answered: ${neverAnswered.join(', ')}; add them, such as ${neverAnswered[0]}:0 for all of its events.`);
}

/** Until Ctrl-C, or until nothing is new when it need not follow. */
async function run(follower: LogFollower, follow: boolean): Promise<void> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  while (!ended.signal.aborted) {
    if (await follower.step({ again: follow })) continue;
    if (!follow) return;
    await pause(POLL_MS, undefined, { signal: ended.signal }).catch(() => undefined);
  }
}
