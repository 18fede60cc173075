import { inForceAt, inForceOn, type PolicyStanding } from 'aftercare/policy';
import { connect, DEPARTMENT_ANSWERS_WITHIN_MS, type Connection } from '../connection.js';
import { csvOf } from '../csv.js';
import { withDataFolder } from '../data-folder.js';
import { pagesOf } from '../pages.js';
import type { RegisterCommand } from '../register-command.js';
import { plain } from '../table.js';
import { fittedTable } from './fitted-table.js';
import { onBusinessClock, parseInstant } from '../time.js';
import { policyEndInWords } from './policy-end.js';
import { policyCommand } from './policy-group.js';
import { dayOption } from './read-files.js';

interface Row {
  readonly adoption: string;
  readonly effectiveFrom: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly signer: string | null;
  readonly why: string | null;
  readonly digest: string;
  readonly packs: readonly string[];
  /** IANA name of the business zone; null where its document cannot be read. */
  readonly zone: string | null;
  /** Place in the log of the registry, which is the order of adoption. */
  readonly place: number;
}

interface Options {
  readonly data?: string;
  readonly signer?: string;
  readonly on?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

const COLUMNS = ['adoption', 'effectiveFrom', 'validFrom', 'validTo', 'signer', 'why', 'digest', 'packs', 'inForce'] as const;

export const policyAdoptionsCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(policyCommand(program).command('adoptions'))
    .description('which policies were adopted, from when, by whom and why')
    .option('--signer <account>', 'only what this account signed')
    .option('--on <date>', 'only what was valid on that day, and what was in force at its end')
    .option('--csv', 'one line per adoption')
    .option('--json', 'one adoption per line as JSON, for programs')
    .addHelpText('after', '\nExamples:\n  aftercare policy adoptions\n  aftercare policy adoptions --on 2026-07-01 --csv')
    .action(async (options: Options) => {
      const day = dayOption(options.on);
      const connection = connect(options, 'auditor');
      const { items: all } = await pagesOf<Row>(connection, '/registry/policy-adoptions', new URLSearchParams({ sort: 'effectiveFrom' }), { withinMs: DEPARTMENT_ANSWERS_WITHIN_MS });
      const decides = decidesAt(all, day === null ? new Date().toISOString() : parseInstant(day));
      const end = await endOf(connection);
      // Beside the list, so that what programs read stays a list.
      if (end !== null) terminal.err(end);
      const items = all.map((row) => ({ ...row, inForce: row.adoption === decides }))
        .filter((row) => (options.signer === undefined || row.signer === options.signer) && (day === null || row.inForce || inForceOn(day, row)));
      if (options.csv) return terminal.out(csvOf(COLUMNS, items.map((row) => ({ ...row, packs: row.packs.join(' '), inForce: row.inForce ? 'yes' : '' }))));
      if (options.json) return terminal.out(items.map((row) => JSON.stringify(row)).join('\n'));
      terminal.out(fittedTable(['Adopted', day === null ? 'In force now' : `In force on ${day}`, 'In force from (Asia/Shanghai)', 'Until', 'Signed by', 'Why', 'SHA-256', 'Packs'], items.map(({ adoption, inForce, effectiveFrom, validTo, signer, why, digest, packs }) =>
        [adoption, inForce ? 'yes' : '', onBusinessClock(effectiveFrom), validTo ?? '', signer ?? '(shipped)', why ?? '', digest.slice(0, 12), packs.join(' ')].map((cell) => plain(cell)))));
    });
};

/** Name of the one that decides what begins at this instant, by the rule of the departments themselves: past its end too while nothing follows. */
function decidesAt(all: readonly Row[], instant: string): string | undefined {
  const inOrder = all.toSorted((one, other) => one.place - other.place);
  return inForceAt(inOrder, instant, ({ zone }, at) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone ?? 'Asia/Shanghai' }).format(new Date(at)))?.adopted.adoption;
}

/** The book of the registry, where adoptions are decided, says how it stands; the list is shown without where that is not told. */
async function endOf(connection: Connection): Promise<string | null> {
  const { policy } = await connection.get<{ readonly policy?: PolicyStanding | null }>('/registry/operations/status', DEPARTMENT_ANSWERS_WITHIN_MS).catch(() => ({ policy: null }));
  return policy ? policyEndInWords(policy) : null;
}
