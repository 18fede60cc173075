import type { Bilingual } from 'aftercare/kernel';
import type { TableEntry, TableRow } from '../pack/pack.schema.js';

/** A decision table for people: a heading per column in both languages, and one line of cells per row. */
export interface TableText {
  readonly head: readonly Bilingual[];
  readonly rows: readonly (readonly string[])[];
}

/** Names of columns beside those that a caller brings; what is named nowhere keeps its own name. */
const COLUMN_NAMES: Readonly<Record<string, Bilingual>> = {
  approver: { zh: '审批人', en: 'approver' }, class: { zh: '投诉类别', en: 'class' }, cost: { zh: '成本', en: 'cost' },
  department: { zh: '部门', en: 'department' }, duty: { zh: '报告义务', en: 'duty' }, expectedness: { zh: '是否已知', en: 'expectedness' },
  expired: { zh: '已过效期', en: 'expired' }, harm: { zh: '危害', en: 'harm' }, loss: { zh: '损失', en: 'loss' }, major: { zh: '重大', en: 'major' },
  price: { zh: '价格', en: 'price' }, reason: { zh: '原因', en: 'reason' }, recallClass: { zh: '召回级别', en: 'recall class' },
  roles: { zh: '角色', en: 'roles' },
  seriousness: { zh: '严重程度', en: 'seriousness' }, severity: { zh: '严重程度', en: 'severity' }, signer: { zh: '签字方', en: 'signer' }, step: { zh: '环节', en: 'step' }, subject: { zh: '事项', en: 'subject' },
  to: { zh: '转交', en: 'to' }, trigger: { zh: '触发情形', en: 'trigger' }, urgency: { zh: '紧急程度', en: 'urgency' },
  verdict: { zh: '结论', en: 'verdict' }, withinRate: { zh: '调换率内', en: 'within rate' }, withinWindow: { zh: '期限内', en: 'within window' },
};
const ANY = '–';
const OPEN = '待定：由人决定 / open: a person decides';

/** @param names what the company or a register of keys calls the columns */
export function tableAsText(entry: TableEntry, names: Readonly<Record<string, Bilingual>> = {}): TableText {
  const inputs = Object.keys(entry.inputs);
  const outputs = Object.keys(entry.outputs);
  const said = { ...COLUMN_NAMES, ...names };
  const heading = (name: string): Bilingual => (Object.hasOwn(said, name) ? said[name] : undefined) ?? { zh: name, en: name };
  const into = (name: string): Bilingual => ({ zh: `→ ${heading(name).zh}`, en: `→ ${heading(name).en}` });
  const hasNotes = entry.value?.some(({ note }) => note !== undefined) ?? false;
  return {
    head: [{ zh: '行', en: 'row' }, ...inputs.map(heading), ...outputs.map(into), ...(hasNotes ? [{ zh: '说明', en: 'note' }] : [])],
    rows: (entry.value ?? []).map((row) => [
      row.id, ...inputs.map((name) => (Object.hasOwn(row.if, name) ? row.if[name] : undefined) ?? ANY),
      ...outputs.map((name, at) => outputText(row, name, at)),
      ...(hasNotes ? [row.note ? `${row.note.zh} / ${row.note.en}` : ''] : []),
    ]),
  };
}

/** An open row says so once, in its first output. */
function outputText({ then }: TableRow, name: string, at: number): string {
  if (then === null) return at === 0 ? OPEN : '';
  const value = Object.hasOwn(then, name) ? then[name] : '';
  return Array.isArray(value) ? value.join(' + ') : String(value);
}

/** Both languages in one heading; bars within cells are escaped, so that a cell cannot become two. */
export function tableAsMarkdown(entry: TableEntry, names: Readonly<Record<string, Bilingual>> = {}): string {
  const { head, rows } = tableAsText(entry, names);
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head.map(({ zh, en }) => (zh === en ? zh : `${zh} ${en}`))), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
