import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { caseCommand } from './case-group.js';
import type { RegisterCommand } from './register-command.js';
import { connect, type Connection } from './connection.js';
import { withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { pagesOf } from './pages.js';
import { REGISTERS } from './replay/find-case.js';
import { plain, table } from './table.js';
import { onBusinessClock } from './time.js';

export interface CaseListOptions {
  readonly data?: string;
  readonly kind: string;
  readonly stage?: string;
  readonly class?: string;
  readonly handler?: string;
  readonly where: readonly string[];
  readonly sort?: string;
  readonly limit: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

type CaseRow = Readonly<Record<string, unknown>>;
interface CasePage { readonly items: readonly CaseRow[]; readonly next: string | null }

const CSV_MAY_TAKE_MS = 600_000;

export const caseListCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(caseCommand(program).command('list'))
    .description("cases from intake's registers")
    .option('--kind <kind>', 'complaint, inquiry or suggestion', 'complaint')
    .option('--stage <stage>')
    .option('--class <class>', 'service, product-quality or adverse-reaction')
    .option('--handler <account>')
    .option('--where <column=value>', 'any other column; may be given several times', (one: string, all: readonly string[]) => [...all, one], [])
    .option('--sort <column>', 'with - in front for descending')
    .option('--limit <n>', 'how many', '50')
    .option('--json', 'for programs: { items, next }')
    .option('--csv', 'every matching case as CSV')
    .addHelpText('after', '\nExamples:\n  aftercare case list\n  aftercare case list --class product-quality --stage closed --limit 10\n  aftercare case list --csv > cases.csv')
    .action(async (options: CaseListOptions) => {
      const connection = connect(options, 'auditor');
      if (options.csv) return streamCsv(options, connection);
      const page = await readCases(options, connection);
      terminal.out(options.json ? JSON.stringify(page) : renderCases(page.items));
      if (!options.json && page.next !== null) terminal.err('There are more: raise --limit, or use --csv for all.');
    });
};

/** @throws CliFailure */
function registerPath(kind: string): string {
  if (kind in REGISTERS) return `/intake/${REGISTERS[kind as keyof typeof REGISTERS]}`;
  throw new CliFailure(EXIT.usage, `--kind is ${Object.keys(REGISTERS).join(', ')}, not "${kind}".`);
}

/** Query of a register. @throws CliFailure */
export function filtersOf({ stage, class: kind, handler, where, sort }: CaseListOptions): URLSearchParams {
  const query = new URLSearchParams();
  const named = { stage, class: kind, handler, sort };
  for (const [name, value] of Object.entries(named)) if (value !== undefined) query.set(name, value);
  for (const pair of where) {
    const [, column, value] = /^([A-Za-z]\w*)=(.*)$/.exec(pair) ?? [];
    if (column === undefined || value === undefined) throw new CliFailure(EXIT.usage, `--where is column=value, not "${pair}".`);
    query.set(column, value);
  }
  return query;
}

async function readCases(options: CaseListOptions, connection: Connection): Promise<CasePage> {
  const wanted = /^[1-9]\d{0,5}$/.test(options.limit) ? Number(options.limit) : 0;
  if (wanted === 0) throw new CliFailure(EXIT.usage, `--limit is a number from 1 to 999999, not "${options.limit}".`);
  return pagesOf(connection, registerPath(options.kind), filtersOf(options), { atMost: wanted });
}

async function streamCsv(options: CaseListOptions, connection: Connection): Promise<void> {
  const query = filtersOf(options);
  query.set('format', 'csv');
  const response = await connection.request(`${registerPath(options.kind)}?${query}`, { signal: AbortSignal.timeout(CSV_MAY_TAKE_MS) });
  if (response.body) await pipeline(Readable.fromWeb(response.body), process.stdout, { end: false });
}

/** In this order when the rows have them; a list of this program must survive a column more or less. */
const TELLING = ['number', 'stage', 'class', 'round', 'handler', 'firstContactOwner', 'customerId', 'productCode', 'lot', 'awareAt', 'registeredAt'];

export function renderCases(rows: readonly CaseRow[]): string {
  const [first] = rows;
  if (!first) return 'No cases match.';
  const telling = TELLING.filter((column) => column in first);
  const columns = telling.length >= 2 ? telling : Object.keys(first).slice(0, 8);
  return table(columns, rows.map((row) => columns.map((column) => cell(row[column]))));
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? onBusinessClock(text) : plain(text).slice(0, 60);
}
