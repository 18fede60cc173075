import { ROLE_NAMES } from 'aftercare/access';
import { checkPolicies, readPolicyFiles, UnreadablePolicyFile, wrap, type Finding, type PolicyCounts, type PolicyFiles } from 'aftercare/policy';
import { EXIT } from '../exit-codes.js';
import type { RegisterCommand } from '../register-command.js';
import { plain, table } from '../table.js';
import { fits, screenColumns } from './fitted-table.js';
import { policyCommand } from './policy-group.js';
import { requirePath } from './read-files.js';

/** Where a file could not be read nothing was counted; the last line is JSON all the same. */
const NOTHING_COUNTED: PolicyCounts = { packs: 0, params: 0, bound: 0, unset: 0, unused: 0 };
const MOST_FAULTS = 20;

interface Options {
  readonly packs?: string;
  readonly company?: string;
  readonly json?: boolean;
}

export const policyCheckCommand: RegisterCommand = (program, terminal, exit) => {
  policyCommand(program).command('check')
    .description('what is missing, unused, contradictory or overlapping in policy files; needs nothing that runs')
    .option('--packs <dir>', 'folder of your own packs, beside the shipped ones')
    .option('--company <file>', 'one company file in place of the shipped ones')
    .option('--json', 'one finding per line as JSON, for programs')
    .addHelpText('after', [
      '\nExamples:', '  aftercare policy check', '  aftercare policy check --company our-policy.yaml', '  aftercare policy check --json | jq -r .code | sort | uniq -c',
      '\nThe last line is JSON: {"packs","params","bound","unset","unused"}. Exit code 1 when anything was found.',
    ].join('\n'))
    .action(async (options: Options) => {
      const files = await filesOf(options);
      if (files instanceof UnreadablePolicyFile) {
        terminal.err(firstFaults(files));
        terminal.out(JSON.stringify(NOTHING_COUNTED));
        exit(EXIT.failed);
        return;
      }
      const { findings, counts, notes } = checkPolicies(files);
      for (const { en, zh } of notes) terminal.err(`note: ${plain(en)}\n      ${plain(zh)}`);
      if (findings.length > 0) terminal.out(options.json ? findings.map((one) => JSON.stringify(one)).join('\n') : report(findings, screenColumns()));
      terminal.out(JSON.stringify(counts));
      if (findings.length > 0) exit(EXIT.failed);
    });
};

async function filesOf({ packs, company }: Options): Promise<PolicyFiles | UnreadablePolicyFile> {
  requirePath('--packs', packs, 'folder');
  requirePath('--company', company, 'file');
  try {
    return await readPolicyFiles({ packs, company }, ROLE_NAMES);
  } catch (error) {
    if (error instanceof UnreadablePolicyFile) return error;
    throw error;
  }
}

/** A file that is no policy at all makes a fault of everything in it; the first ones say where to look. */
function firstFaults({ file, faults }: UnreadablePolicyFile): string {
  const shown = faults.slice(0, MOST_FAULTS).flatMap((fault) => fault.split('\n').map((line) => `  ${plain(line)}`));
  const more = faults.length - MOST_FAULTS;
  return [`${file} cannot be used 无法使用:`, ...shown, ...(more > 0 ? [`  … and ${more} more 另有 ${more} 处`] : [])].join('\n');
}

/** Side by side where the screen has room for it, or where nobody looks; else one below the other. */
function report(findings: readonly Finding[], columns: number): string {
  const cells = findings.map(({ code, file, key, message: { zh, en } }) => [code, file, key ?? '', en, zh].map(plain) as [string, string, string, string, string]);
  const beside = table(['Finding', 'File', 'Key', 'What to do'], cells.map(([code, file, key, en, zh]) => [code, file, key, `${en}\n${zh}`]));
  if (fits(beside, columns)) return beside;
  const indented = (text: string): string => wrap(text, columns - 2).map((line) => `  ${line}`).join('\n');
  return cells.map(([code, file, key, en, zh]) => [[code, file, key].filter((cell) => cell !== '').join('  '), indented(en), indented(zh)].join('\n')).join('\n');
}
