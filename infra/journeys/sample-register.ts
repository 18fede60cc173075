import { parse } from 'csv-parse/sync';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { customerId, lotId } from 'aftercare/kernel';
import { projectRoot } from '../launcher/project-root.js';
import type { Desk } from './desk.js';
import type { PrivateInstance } from './private-instance.js';

/** What became of the rows of the project's own sample register. */
export interface Imported {
  readonly read: number;
  readonly imported: number;
  /** Rows that say the same as an earlier one: the same case. */
  readonly repeated: number;
  readonly refused: number;
  /** Ids of the cases that came into being. */
  readonly cases: readonly string[];
}

type Fields = Readonly<Record<string, string>>;

const SAMPLES = join(projectRoot(), 'infra', 'import', 'samples');
const EXIT_ROWS_REFUSED = 7;

/** Fills the registry through its ordinary routes and takes the register over with the command people use. */
export async function importSampleRegister(company: PrivateInstance, say: (line: string) => void): Promise<Imported> {
  const desk = company.desk('samples');
  await fillTheRegistry(desk);
  const tally = await runImport(company.dataDir);
  const cases = await idsOf(desk, tally.register);
  say(`   ${tally.read} rows: ${tally.imported} cases, ${tally.repeated} the same row twice, ${tally.refused} refused by name, ${tally.rowsPerSecond} rows/s`);
  for (const line of readFileSync(tally.rejectsFile, 'utf8').trim().split('\n').slice(1)) say(`   ✗ row ${line}`);
  return { read: tally.read, imported: tally.imported, repeated: tally.repeated, refused: tally.refused, cases };
}

async function fillTheRegistry(desk: Desk): Promise<void> {
  const rows = (file: string): Fields[] => parse(readFileSync(join(SAMPLES, file)), { columns: true, bom: true, skip_empty_lines: true });
  const given = (row: Fields): object => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
  for (const customer of rows('customers.csv')) await desk.tell('registry.clerk', '/registry/customers', given(customer));
  for (const product of rows('products.csv')) await desk.tell('registry.clerk', '/registry/products', given(product));
  for (const lot of rows('lots.csv')) await desk.tell('registry.clerk', '/registry/lots', given(lot));
  for (const { productCode = '', lot = '', customerCode = '', quantity, soldOn, document } of rows('sales.csv')) {
    await desk.tell('registry.clerk', `/registry/lots/${lotId(productCode, lot)}/sales`, { customerId: customerId(customerCode), quantity: Number(quantity), soldOn, document });
  }
}

interface ImportReport {
  readonly register: string;
  readonly read: number;
  readonly imported: number;
  readonly repeated: number;
  readonly refused: number;
  readonly rowsPerSecond: number;
  readonly rejectsFile: string;
}

async function runImport(dataDir: string): Promise<ImportReport> {
  const program = join(projectRoot(), 'infra', 'launcher', 'aftercare.mjs');
  const args = ['import', join(SAMPLES, 'complaint-register.csv'), '--mapping', 'complaint-register', '--data', dataDir, '--out', dataDir, '--json'];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env } });
  const exited = new Promise<number | null>((done) => { child.once('exit', done); });
  const [out, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  if (code !== 0 && code !== EXIT_ROWS_REFUSED) throw new Error(`the import ended with ${code ?? 'a signal'}: ${complaint}`);
  return JSON.parse(out) as ImportReport;
}

async function idsOf(desk: Desk, register: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { key: string }[]; next: string | null } = await desk.ask('auditor',
      `/intake/complaints?register=${encodeURIComponent(register)}&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    ids.push(...page.items.map(({ key }) => key));
    cursor = page.next;
  }
  return ids;
}
