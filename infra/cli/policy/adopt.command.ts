import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADOPTION_REASON_LEAST, isReason, REASON_MOST } from 'aftercare/contracts';
import { policyFolder, readCompany, readPacks, type CompanyPolicy, type PolicyPack } from 'aftercare/policy';
import { uuidv7 } from 'uuidv7';
import { accountName } from '../token.command.js';
import { connect } from '../connection.js';
import { withDataFolder } from '../data-folder.js';
import { CliFailure, EXIT } from '../exit-codes.js';
import type { RegisterCommand } from '../register-command.js';
import { facts } from '../table.js';
import { policyCommand } from './policy-group.js';
import { readable, requirePath } from './read-files.js';

interface Options {
  readonly data?: string;
  readonly file: string;
  readonly packs?: string;
  readonly name: string;
  readonly reason: string;
}

const LOOK = 'aftercare policy adoptions';

export const policyAdoptCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(policyCommand(program).command('adopt'))
    .description('put a company file and the packs it names into force, with your name; recorded for good')
    .requiredOption('--file <file>', 'company file')
    .option('--packs <dir>', 'folder of your own packs, beside the shipped ones')
    .requiredOption('--name <account>', 'your own account, which the record names')
    .requiredOption('--reason <text>', `why it is adopted, at least ${ADOPTION_REASON_LEAST} characters`)
    .addHelpText('after', [
      '\nExamples:', '  aftercare policy check --company our-policy.yaml', '  aftercare policy adopt --file our-policy.yaml --name li.hua --reason "总经理办公会 2026-11-20 决议"',
      '\nCases opened from its first day on are decided under it, ten seconds from now at the earliest; a case that is open keeps its version.',
    ].join('\n'))
    .action(async (options: Options) => {
      requireReason(options.reason);
      const sent = await documentFrom(options);
      const document = JSON.stringify(sent);
      const response = await connect(options, 'manager', accountName(options.name)).request('/registry/policy-adoptions', {
        method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() }, body: JSON.stringify({ document, why: options.reason }),
      });
      const { stage, events } = await response.json() as { stage: string; events: readonly string[] };
      // Who repeats an adoption signs nothing: the record names the one who signed first. `stage` is the last one of the book.
      terminal.out(facts(events.length === 0
        ? [['adopted', `${sent.company.id}@${sent.company.version} (was adopted already, with the same content)`], ['look with', LOOK]]
        : [['adopted', stage], ['for cases', `opened from ${sent.company.validFrom} on, ten seconds from now at the earliest`], ['signed by', options.name], ['look with', LOOK]]));
    });
};

/** As the registry checks it as `why`, in the words of this command. @throws CliFailure */
function requireReason(reason: string): void {
  if (isReason(reason, ADOPTION_REASON_LEAST) && reason.length <= REASON_MOST) return;
  throw new CliFailure(EXIT.usage, [
    `--reason must have ${ADOPTION_REASON_LEAST} to ${REASON_MOST} characters, no blank at either end and no line break.`,
    `--reason 须为 ${ADOPTION_REASON_LEAST} 至 ${REASON_MOST} 个字符，首尾不能是空格，不能换行。`,
  ].join('\n'));
}

async function documentFrom({ file, packs }: Options): Promise<{ company: CompanyPolicy; packs: readonly PolicyPack[] }> {
  if (!existsSync(file)) throw new CliFailure(EXIT.notFound, `there is no file ${file}. 没有此文件。`);
  requirePath('--file', file, 'file');
  requirePath('--packs', packs, 'folder');
  return readable(async () => {
    const company = await readCompany(file);
    const folders = [...(packs === undefined ? [] : [packs]), join(policyFolder(), 'packs')];
    const known = (await Promise.all(folders.map(readPacks))).flat().map(({ pack }) => pack);
    return { company, packs: company.precedence.map(({ pack, version }) => named(known, pack, version, dirname(file))) };
  });
}

function named(known: readonly PolicyPack[], id: string, version: number, folder: string): PolicyPack {
  const found = known.find((pack) => pack.id === id && pack.version === version);
  if (!found) throw new CliFailure(EXIT.failed, `no pack file has ${id} version ${version}: name the folder that holds it with --packs, for example --packs ${join(folder, 'packs')}. 没有文件含 ${id} 第 ${version} 版：用 --packs 指明其文件夹。`);
  return found;
}
