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

export const tailCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('tail'))
    .description('events as they are recorded; Ctrl-C ends and prints where to go on')
    .option('--department <name>', 'only this one; may be given several times', collect, [])
    .option('--case <case>', 'only this case; id or number')
    .option('--type <type>', 'only this event type; may be given several times', collect, [])
    .option('--from <position>', '"start", "end" or what an earlier tail printed', 'end')
    .option('--no-follow', 'end when everything there is has been shown')
    .option('--json', 'for programs: one event per line')
    .addHelpText('after', [
      '', 'Examples:', '  aftercare tail', '  aftercare tail --department quality --type StopSaleOrdered',
      '  aftercare tail --case CMP-2026-7K3F-Q9XB --from start --no-follow', '  aftercare tail --from intake:120,quality:44 --json',
    ].join('\n'))
    .action(async (options: TailOptions) => {
      const connection = connect(options, 'auditor');
      const wanted = await filterOf(options, connection);
      const follower = await followerOf(options, connection, terminal, wanted);
      await run(follower, options.follow);
      terminal.err(`\nGo on from here: aftercare tail --from ${writePosition(follower.position)}`);
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
    away: (department) => terminal.err(`aftercare: ${department} does not answer; its events follow when it is back.`),
    back: (department) => terminal.err(`aftercare: ${department} is back.`),
  });
  const named = ['start', 'end'].includes(options.from) ? {} : readPosition(options.from);
  const departments = options.department.length === 0 && Object.keys(named).length > 0 ? Object.keys(named) : namedDepartments(options.department);
  for (const department of departments) {
    await follower.startAt(department, named[department] ?? (options.from === 'start' ? 0 : 'end'));
  }
  return follower;
}

/** Until Ctrl-C, or until nothing is new when it need not follow. */
async function run(follower: LogFollower, follow: boolean): Promise<void> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  while (!ended.signal.aborted) {
    if (await follower.step()) continue;
    if (!follow) return;
    await pause(POLL_MS, undefined, { signal: ended.signal }).catch(() => undefined);
  }
}
