import type { DomainEvent, Recorded } from 'aftercare/kernel';

/** Column kinds that can be filtered and sorted. `json` is carried along only. */
export type ColumnKind = 'text' | 'integer' | 'json';
export type Cell = string | number | null | object;
export type Row = Readonly<Record<string, Cell>>;

/**
 * A read model as one pure table: which row an event belongs to and what the row is afterwards. The engine keeps
 * rows and position in one transaction, and a rebuild is the same fold from index 0.
 */
export interface View<R extends Row = Row, E extends DomainEvent = DomainEvent> {
  /** Table name; change `shape` when columns or the fold change, then the model is rebuilt at the next start. */
  readonly name: string;
  readonly shape: number;
  readonly columns: Readonly<Record<keyof R & string, ColumnKind>>;
  /** Columns with an index, each usable as a filter together with the cursor. */
  readonly indexed: readonly (keyof R & string)[];
  /** Key of the row this event belongs to; null when it belongs to none. */
  key(event: Recorded<E>): string | null;
  /** Keys of further rows of the same event, such as all rows of a case that ends. Not asked where `key` is null. */
  also?(event: Recorded<E>): readonly string[];
  /** The row after the event; null removes it; the same object leaves it unchanged. */
  fold(row: R | null, event: Recorded<E>): R | null;
}

export function defineView<R extends Row, E extends DomainEvent>(view: View<R, E>): View<R, E> {
  return view;
}

/** What a list may be asked: equality or an upper bound per column, order by an indexed column, opaque cursor, page size 1 to 200. */
export interface ListQuery {
  readonly where?: Readonly<Record<string, string | number | null>>;
  /** Only rows whose value in the column is there and smaller. */
  readonly below?: Readonly<Record<string, string | number>>;
  readonly orderBy?: string;
  readonly descending?: boolean;
  /** Leaves out the rows without a value in the ordering column, without looking at them. */
  readonly onlyValues?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
}

export interface Page<R extends Row = Row> {
  readonly items: readonly R[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** Reading side of the models. Every row also has `key`. */
export interface ViewReader {
  get<R extends Row>(view: View<R, never>, key: string): (R & { key: string }) | null;
  /** @throws BadListQuery for an unknown column, a broken cursor or a limit out of range. */
  list<R extends Row>(view: View<R, never>, query: ListQuery): Page<R & { key: string }>;
  /** Every row of a query in its order, page by page, for exports of any size; `limit` is ignored. @throws BadListQuery */
  rows<R extends Row>(view: View<R, never>, query: ListQuery): Iterable<R & { key: string }>;
  count<R extends Row>(view: View<R, never>, where?: ListQuery['where']): number;
  /** Next log index the models have not seen. */
  position(): number;
}
