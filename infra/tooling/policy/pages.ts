import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES } from 'aftercare/access';
import { labelText, listed, packAsData, packView, validityText, viewAsMarkdown, type CompanyPolicy, type Names, type PackEntry, type NamedPolicies, type PolicyPack } from 'aftercare/policy';
import { valuesThatDiffer } from './values-that-differ.js';

/** Where the page of each pack lies, and the page that leads to them. */
export const PAGES = 'docs/domain/policies';
const TEMPLATE = 'infra/tooling/policy/policies.template.md';

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

type Row = readonly string[];
interface Placed { readonly pack: PolicyPack; readonly key: string; readonly entry: PackEntry }

/** Everything that people read about the packs, out of the files alone. @param root folder of the repository */
export function policyPages(files: NamedPolicies, root: string): readonly Page[] {
  const names: Names = { keys: { ...files.keys.company, ...files.keys.regulation }, roles: ROLES };
  const packs = files.packs.map(({ pack }) => pack);
  const [example] = files.companies.map(({ company }) => company).filter(({ id }) => id === 'example');
  if (!example) throw new Error('libs/policy/companies has no example company: the page would have nothing to show');
  const parts: Readonly<Record<string, string>> = {
    packs: packTable(packs), example: exampleTable(example, packs), several: severalTable(example, packs, names),
    open: openTable(packs, names), readings: readingTable(packs, names), unset: unsetList(packs, example, names),
  };
  const template = readFileSync(join(root, TEMPLATE), 'utf8');
  const lead = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`${TEMPLATE}: there is no {{${name}}}`);
    return part;
  });
  return [{ path: `${PAGES}.md`, text: lead }, ...latest(packs).map((pack) => ({ path: `${PAGES}/${pack.id}.md`, text: packPage(pack, names) }))];
}

/** A page per pack, of its latest version; the file of a former one stays where it is. */
function latest(packs: readonly PolicyPack[]): readonly PolicyPack[] {
  return packs.filter(({ id, version }) => packs.every((other) => other.id !== id || other.version <= version));
}

function packPage(pack: PolicyPack, names: Names): string {
  const page = viewAsMarkdown(packView(pack, names), { language: 'both' });
  return `${page.trimEnd()}\n\nWritten from \`libs/policy/packs/${pack.kind}/${pack.id}.yaml\` by \`npm run policy -- --write\`. [All policies](../policies.md)\n`;
}

function table(head: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return 'None.';
  const line = (cells: Row): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const linkTo = ({ id }: Pick<PolicyPack, 'id'>): string => `[${id}](policies/${id}.md)`;

function packTable(packs: readonly PolicyPack[]): string {
  return table(['Pack', 'Title', 'Valid', 'Clocks', 'Cadences', 'Settings', 'Tables', 'Unset', 'Confirmed'], listed(packs, []).map((row) => [
    linkTo(row), `${row.title_zh} ${row.title_en}`, validityText(row).en + (row.supersedes === null ? '' : `, supersedes ${row.supersedes}`),
    ...[row.clocks, row.cadences, row.settings, row.tables, row.unset].map(String), row.confirmed ? 'yes' : 'no: the company confirms it',
  ]));
}

function exampleTable({ precedence, off, settle, own }: CompanyPolicy, packs: readonly PolicyPack[]): string {
  const rows = precedence.map(({ pack, version }, at) => [String(at + 1), linkTo({ id: pack }), String(version), packs.find(({ id }) => id === pack)?.title.en ?? '']);
  const counts = `Own values: ${Object.keys(own).length}. Switched off: ${off.length}. Open rows settled: ${settle.length}.`;
  return `${table(['Order', 'Pack', 'Version', 'Title'], rows)}\n\n${counts}`;
}

function severalTable(example: CompanyPolicy, packs: readonly PolicyPack[], names: Names): string {
  return table(['Key', 'What', 'Values', 'Holds'], valuesThatDiffer(example, packs).map(({ key, values }) => [
    `\`${key}\``, labelText(key, names).en, values.map(({ pack, entry }) => `${pack.id}: ${shown({ pack, key, entry }, names)}`).join('; '), values[0]?.pack.id ?? '',
  ]));
}

const placed = (packs: readonly PolicyPack[]): Placed[] => packs.flatMap((pack) => Object.entries(pack.params).map(([key, entry]) => ({ pack, key, entry })));
const shown = ({ pack, key, entry }: Placed, names: Names): string => packAsData({ ...pack, params: { [key]: entry } }, names).entries.map((one) => one.shown.en).join('');

function openTable(packs: readonly PolicyPack[], names: Names): string {
  return table(['Pack', 'Table', 'Row', 'If', 'Why'], placed(packs).flatMap(({ pack, key, entry }) => (entry.kind === 'table' ? entry.value ?? [] : [])
    .filter(({ then }) => then === null)
    .map((row) => [linkTo(pack), labelText(key, names).en, row.id, Object.entries(row.if).map(([input, condition]) => `${input} ${condition}`).join(', '), row.note?.en ?? ''])));
}

function readingTable(packs: readonly PolicyPack[], names: Names): string {
  return table(['Pack', 'What', 'Value', 'Rows', 'Why'], placed(packs).filter(({ entry }) => entry.source === 'reading').map((one) => [
    linkTo(one.pack), `${labelText(one.key, names).zh} ${labelText(one.key, names).en}`, shown(one, names), one.entry.rows.join(', ') || one.entry.clause, one.entry.note?.en ?? '',
  ]));
}

/** Marked where the example company has filled it; what it adopts and leaves out is switched off. */
function unsetList(packs: readonly PolicyPack[], { own }: CompanyPolicy, names: Names): string {
  return table(['Pack', 'Keys'], packs.flatMap((pack) => {
    const keys = placed([pack]).filter(({ entry }) => entry.source === 'unset').map(({ key }) => `\`${key}\` ${labelText(key, names).zh}${key in own ? ' (filled)' : ''}`);
    return keys.length === 0 ? [] : [[linkTo(pack), keys.join(', ')]];
  }));
}
