import { connect } from '../connection.js';
import { withDataFolder } from '../data-folder.js';
import type { RegisterCommand } from '../register-command.js';
import { plain, table } from '../table.js';
import { onBusinessClock } from '../time.js';
import { policyCommand } from './policy-group.js';

interface Row {
  readonly adoption: string;
  readonly effectiveFrom: string;
  readonly validTo: string | null;
  readonly signer: string | null;
  readonly why: string | null;
  readonly digest: string;
  readonly packs: readonly string[];
}

export const policyAdoptionsCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(policyCommand(program).command('adoptions'))
    .description('which policies were adopted, from when, by whom and why')
    .option('--json', 'one adoption per line as JSON, for programs')
    .addHelpText('after', '\nExamples:\n  aftercare policy adoptions')
    .action(async (options: { data?: string; json?: boolean }) => {
      const { items } = await connect(options, 'auditor').get<{ items: readonly Row[] }>('/registry/policy-adoptions?sort=effectiveFrom');
      if (options.json) return terminal.out(items.map((row) => JSON.stringify(row)).join('\n'));
      terminal.out(table(['Adopted', 'In force from (Asia/Shanghai)', 'Until', 'Signed by', 'Why', 'SHA-256', 'Packs'], items.map(({ adoption, effectiveFrom, validTo, signer, why, digest, packs }) =>
        [adoption, onBusinessClock(effectiveFrom), validTo ?? '', signer ?? '(shipped)', why ?? '', digest.slice(0, 12), packs.join(' ')].map((cell) => plain(cell)))));
    });
};
