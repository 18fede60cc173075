import { inForceOn, listed, type PolicyListed } from 'aftercare/policy';
import { csvOf } from '../csv.js';
import { CliFailure, EXIT } from '../exit-codes.js';
import type { RegisterCommand } from '../register-command.js';
import { plain } from '../table.js';
import { fittedTable } from './fitted-table.js';
import { policyCommand } from './policy-group.js';
import { dayOption, policyFiles } from './read-files.js';

interface Options {
  readonly kind?: string;
  readonly on?: string;
  readonly search?: string;
  readonly unconfirmed?: boolean;
  readonly packs?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const KINDS = ['company', 'regulation', 'adoption'];

export const policyListCommand: RegisterCommand = (program, terminal) => {
  policyCommand(program).command('list')
    .description('packs, regulations and company files with their validity and what they hold; needs nothing that runs')
    .option('--kind <kind>', KINDS.join(', '))
    .option('--on <date>', 'only what is in force on that day')
    .option('--search <text>', 'in the id or in a title')
    .option('--unconfirmed', 'only what the adopting company has to confirm')
    .option('--packs <dir>', 'folder of your own packs, beside the shipped ones')
    .option('--json', 'for programs: one array')
    .option('--csv', 'one line per file')
    .addHelpText('after', '\nExamples:\n  aftercare policy list\n  aftercare policy list --kind regulation --on 2020-01-01\n  aftercare policy list --search recall --csv')
    .action(async (options: Options) => {
      const wanted = wantedBy(options);
      const rows = (await allOf(options)).filter(wanted);
      if (options.json) terminal.out(JSON.stringify(rows));
      else if (options.csv) terminal.out(csvOf(COLUMNS, rows));
      else terminal.out(rows.length === 0 ? 'No policy matches.' : shown(rows));
    });
};

async function allOf(options: Options): Promise<readonly PolicyListed[]> {
  const { packs, companies } = await policyFiles(options);
  return listed(packs.map(({ pack }) => pack), companies.map(({ company }) => company));
}

function wantedBy({ kind, on, search, unconfirmed }: Options): (row: PolicyListed) => boolean {
  if (kind !== undefined && !KINDS.includes(kind)) throw new CliFailure(EXIT.usage, `--kind is ${KINDS.join(', ')}, not "${kind}".`);
  const day = dayOption(on);
  const words = search?.toLowerCase() ?? '';
  return (row) => (kind === undefined || row.kind === kind) && (day === null || inForceOn(day, row)) && (!unconfirmed || !row.confirmed)
    && [row.id, row.title_zh, row.title_en].some((text) => text.toLowerCase().includes(words));
}

function shown(rows: readonly PolicyListed[]): string {
  const head = ['Id', 'Version', 'Kind', 'Valid from', 'Valid to', 'Clocks', 'Cadences', 'Settings', 'Tables', 'Unset', 'Confirmed', 'Title'];
  return fittedTable(head, rows.map(({ id, version, kind, validFrom, validTo, clocks, cadences, settings, tables, unset, confirmed, title_zh, title_en }) => [
    id, String(version), kind, validFrom ?? '', validTo ?? '', ...[clocks, cadences, settings, tables, unset].map(String), confirmed ? 'yes' : 'no', `${title_zh} ${title_en}`,
  ].map(plain)));
}

const COLUMNS = ['id', 'version', 'kind', 'validFrom', 'validTo', 'supersedes', 'confirmed', 'clocks', 'cadences', 'settings', 'tables', 'unset', 'title_zh', 'title_en'] as const;
