import type { RegisterCommand } from './register-command.js';
import { connect } from './connection.js';
import { withDataFolder } from './data-folder.js';
import { EXIT } from './exit-codes.js';
import { cutTimeline } from './replay/as-of.js';
import { readCase } from './replay/case-events.js';
import { summarise } from './replay/case-summary.js';
import { caseIdOf } from './replay/find-case.js';
import { withoutTexts } from './replay/without-texts.js';
import { missingLine, renderSummary, renderTimeline } from './replay/render-replay.js';

interface ReplayOptions {
  readonly data?: string;
  readonly at?: string;
  readonly version?: string;
  readonly personal?: boolean;
  readonly json?: boolean;
}

export const replayCommand: RegisterCommand = (program, terminal, exit) => {
  withDataFolder(program.command('replay <case>'))
    .description('everything that happened in a case, in all departments, and where it then stood')
    .option('--at <time>', 'as recorded by then; a date means its end, without zone Asia/Shanghai')
    .option('--version <n>', "as it stood right after version n of the case's own record")
    .option('--personal', 'with names and free texts')
    .option('--json', 'for programs: { caseId, missing, summary, events }')
    .addHelpText('after', [
      '', 'Examples:', '  aftercare replay CMP-2026-7K3F-Q9XB', '  aftercare replay CMP-2026-7K3F-Q9XB --at "2026-03-01 17:30"',
      '  aftercare replay CMP-2026-7K3F-Q9XB --version 6 --json', '', 'Exit code 3 when a department did not answer: the picture is then incomplete.',
    ].join('\n'))
    .action(async (reference: string, options: ReplayOptions) => {
      const connection = connect(options, 'auditor');
      const { caseId, timeline, missing } = await readCase(await caseIdOf(reference, connection), connection);
      const events = cutTimeline(timeline, options);
      const summary = summarise(events);
      if (options.json) {
        terminal.out(JSON.stringify({ caseId, missing, summary, events: options.personal ? events : events.map(withoutTexts) }));
      } else {
        terminal.out(summary ? `${renderTimeline(events, options.personal === true)}\n\n${renderSummary(summary)}` : 'Nothing was recorded by then.');
      }
      if (missing.length === 0) return;
      terminal.err(`aftercare: ${missingLine(missing)}`);
      exit(EXIT.partlyUnavailable);
    });
};
