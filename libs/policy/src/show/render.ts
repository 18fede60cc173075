import { textTable, wrap } from './text-table.js';
import { linesIn, onOneLine, type Cell, type Language, type PolicyView, type Section } from './view.js';

export interface Shown {
  readonly language: Language;
  /** Columns of the screen; nothing is wider unless it cannot be read otherwise. */
  readonly width: number;
}

const linesOf = (language: Language, cell: Cell): string[] => cell.flatMap((line) => linesIn(language, line));

/** For a terminal: plain characters, no colours. */
export function viewAsText({ title, facts, sections }: PolicyView, { language, width }: Shown): string {
  const named = facts.map(([name, cell]) => `${onOneLine(language, name)}: ${cell.map((line) => onOneLine(language, line)).join('; ')}`);
  return [
    title, ...named.flatMap((line) => wrap(line, width)),
    ...sections.flatMap((section) => ['', headline(section, language), ...aboutText(section, { language, width }), ...bodyText(section, { language, width })]),
  ].join('\n');
}

const headline = ({ title, rows, about }: Section, language: Language): string => `■ ${onOneLine(language, title)}${about ? '' : ` (${rows.length})`}`;

const aboutText = ({ about }: Section, { language, width }: Shown): string[] =>
  about ? wrap(about.map((line) => onOneLine(language, line)).join(' · '), width) : [];

function bodyText({ head, rows }: Section, { language, width }: Shown): string[] {
  if (rows.length === 0) return [];
  return [textTable(head.map((title) => onOneLine(language, title)), rows.map((row) => row.map((cell) => linesOf(language, cell))), width)];
}

/** For pages and tickets. `level` is that of the title's heading. */
export function viewAsMarkdown({ title, facts, sections }: PolicyView, { language, level = 1 }: { readonly language: Language; readonly level?: number }): string {
  const hashes = '#'.repeat(level);
  const named = facts.map(([name, cell]) => `- **${onOneLine(language, name)}**: ${cell.map((line) => linesIn(language, line).join(' / ')).join('; ')}`);
  return [
    `${hashes} ${title}`, '', ...named,
    ...sections.flatMap((section) => ['', `${hashes}# ${onOneLine(language, section.title)}`, '', ...aboutMarkdown(section, language), ...bodyMarkdown(section, language)]),
    '',
  ].join('\n');
}

function aboutMarkdown({ about, rows }: Section, language: Language): string[] {
  if (!about) return [];
  const [key = '', ...rest] = about;
  const said = [`\`${onOneLine(language, key)}\``, ...rest.map((line) => escaped(linesIn(language, line).join(' / ')))].join(' · ');
  return rows.length > 0 ? [said, ''] : [said];
}

function bodyMarkdown({ head, rows }: Section, language: Language): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head.map((title) => onOneLine(language, title))), line(head.map(() => '---')),
    ...rows.map((row) => line(row.map((cell) => linesOf(language, cell).map(escaped).join('<br>')))),
  ];
}

/** A cell must not become two, nor a condition such as `<= 5000.00` a tag. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('\n', ' ');
}
