import { caseCommand } from './case-group.js';
import type { RegisterCommand } from './register-command.js';
import { connect } from './connection.js';
import { withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { readCase } from './replay/case-events.js';
import { summarise } from './replay/case-summary.js';
import { caseIdOf } from './replay/find-case.js';
import { missingLine, renderDepartments, renderSummary } from './replay/render-replay.js';

export const caseShowCommand: RegisterCommand = (program, terminal, exit) => {
  withDataFolder(caseCommand(program).command('show <case>'))
    .description('where a case stands now; its id or number')
    .option('--json', 'for programs')
    .addHelpText('after', '\nExamples:\n  aftercare case show CMP-2026-7K3F-Q9XB\n  aftercare case show CMP-2026-7K3F-Q9XB --json')
    .action(async (reference: string, options: { data?: string; json?: boolean }) => {
      const connection = connect(options, 'auditor');
      const { timeline, missing } = await readCase(await caseIdOf(reference, connection), connection);
      const summary = summarise(timeline);
      if (!summary) throw new CliFailure(EXIT.partlyUnavailable, missingLine(missing));
      terminal.out(options.json ? JSON.stringify({ ...summary, missing }) : `${renderSummary(summary)}\n\n${renderDepartments(summary)}`);
      if (missing.length === 0) return;
      terminal.err(`aftercare: ${missingLine(missing)}`);
      exit(EXIT.partlyUnavailable);
    });
};
