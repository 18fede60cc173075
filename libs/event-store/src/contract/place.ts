import type { EventStore } from '../port.js';

/** What somebody with the store's own rights may try on recorded events; an engine must refuse each by itself. */
export const TAMPERINGS = ['edit', 'delete', 'reorder', 'insert', 'truncate', 'swap'] as const;
export type Tampering = (typeof TAMPERINGS)[number];

/** A place where one log lives. `open` may be called again after the store it gave was closed. */
export interface Place {
  open(now?: () => string): Promise<EventStore>;
  remove(): Promise<void>;
  /**
   * A store that stops dead before its (n+1)-th statement, counted from when it is open, as if its process was killed
   * there: nothing of it runs later, its connection is torn, and what it was asked for and has not answered rejects.
   * Closing it frees what the end of a process frees.
   */
  openDying?(afterStatements: number, now?: () => string): Promise<EventStore>;
  /** Opens a log whose transfer has begun, or is about to. */
  openForTransfer?(): Promise<EventStore>;
  /**
   * Tries it past the store, while it is open, on a log with events 0 … 3 in two streams. Must reject with what the
   * engine said: `edit` another content for one event, `delete` one event, `reorder` another index for one, `insert` an
   * event where one is or between two, `truncate` the end of the log, `swap` the bytes of two events.
   */
  readonly tamper?: Readonly<Partial<Record<Tampering, () => Promise<void>>>>;
}

export interface Engine {
  /** Still holds everything after being closed and opened again. */
  readonly durable: boolean;
  newPlace(): Place;
  /** Events of the longest stream that is tried; 100,000 unless told. */
  readonly longStream?: number;
  /** What cannot be shown on this engine, each with the reason, which is reported. */
  readonly cannot?: Readonly<Partial<Record<'die' | 'transfer' | Tampering, string>>>;
}

/** The store of the running check, which may be closed and opened again. */
export interface Current {
  readonly store: EventStore;
  readonly place: Place;
  /** Closes the store and opens another at the same place, by `place.open` unless told how. */
  reopen(now?: () => string): Promise<EventStore>;
  replace(open: (place: Place) => Promise<EventStore>): Promise<EventStore>;
}

/** Names one promise and how it is tried. */
export type It = (promise: string, body: () => Promise<void>, timeoutMs?: number) => void;
