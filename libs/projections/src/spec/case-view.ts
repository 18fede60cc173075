import { defineView, type ColumnKind } from '../view.js';

type Opened = { readonly type: 'CaseOpened'; readonly data: { readonly title: string; readonly due: number | null } };
type Noted = { readonly type: 'CaseNoted'; readonly data: { readonly note: string } };
type Closed = { readonly type: 'CaseClosed'; readonly data: object };
type Dropped = { readonly type: 'CaseDropped'; readonly data: object };
type Poisoned = { readonly type: 'CasePoisoned'; readonly data: object };
export type CaseEvent = Opened | Noted | Closed | Dropped | Poisoned;

export type CaseRow = Readonly<{ title: string; stage: string; due: number | null; notes: readonly string[] }>;

const columns: Readonly<Record<keyof CaseRow, ColumnKind>> = { title: 'text', stage: 'text', due: 'integer', notes: 'json' };

/** Cases as the specs of this library see them: opened, noted on, closed, dropped; one event breaks the fold on request. */
export const caseView = defineView<CaseRow, CaseEvent>({
  name: 'case', shape: 1, columns, indexed: ['stage', 'due'],
  key: (event) => event.stream,
  fold(row, event) {
    switch (event.type) {
      case 'CaseOpened': return { title: event.data.title, stage: 'open', due: event.data.due, notes: [] };
      case 'CaseNoted': return row && { ...row, notes: [...row.notes, event.data.note] };
      case 'CaseClosed': return row && { ...row, stage: 'closed' };
      case 'CaseDropped': return null;
      case 'CasePoisoned': throw new Error('cannot fold this');
    }
  },
});

export type CountRow = Readonly<{ seen: number }>;

/** How many events each type had; counts twice whatever is folded twice. */
export const countView = defineView<CountRow, CaseEvent>({
  name: 'count', shape: 1, columns: { seen: 'integer' }, indexed: [],
  key: (event) => event.type,
  fold: (row) => ({ seen: (row?.seen ?? 0) + 1 }),
});
