import type { EventToAppend } from 'aftercare/event-store';
import type { InstalledPeers } from './installed.js';
import type { BenchCluster } from './cluster.js';

/** One append in the three shapes that are needed, made before any clock runs. */
export interface Work {
  readonly stream: string;
  readonly commandId: string;
  readonly events: readonly EventToAppend[];
  /** The same content for libraries that split an event into type, data and metadata. */
  readonly split: readonly SplitEvent[];
  /** The same content as finished bytes, for the bare loops. */
  readonly bytes: readonly Buffer[];
}

export interface SplitEvent {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
}

/** What a fold sees of an event, whoever stored it. */
export interface Seen {
  readonly type: string;
  readonly data: unknown;
}

export interface Projected {
  readonly events: number;
  readonly seconds: number;
  /** Of the finished read model, so that it can be shown that all built the same: rows and sum of their `steps`. */
  readonly rows: number;
  readonly steps: number;
}

export type Engine = 'sqlite' | 'postgres' | 'jetstream';
export type Standing = 'ours' | 'peer' | 'ceiling' | 'floor';

/** One event store under measurement. What a library cannot do is left out, and the tables show a gap. */
export interface Contestant {
  /** What was read back from the running engine, not what was asked for. @throws NotDurable */
  durability(): Promise<string>;
  /** Durable when answered. False when another version was found than expected; -1 expects a new stream. */
  append(work: Work, expectedVersion: number): Promise<boolean>;
  /** Reads, decodes and hands over the events of a stream from a version on; answers with their number. */
  load?(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number>;
  /** Builds the case list from the whole log, from nothing. */
  project?(): Promise<Projected>;
  /** Calls `seen` with the id of the append's stream for every event, soon after its commit. Returns the way to stop. */
  follow?(seen: (stream: string) => void): Promise<() => Promise<void>>;
  /** Cheap filling: durability may be given up until `settled`, because nobody measures it. */
  hurry?(): Promise<void>;
  settled?(): Promise<void>;
  close(): Promise<void>;
}

export interface Entrant {
  readonly id: string;
  readonly title: string;
  readonly engine: Engine;
  readonly standing: Standing;
  /** A bare synchronous loop has no use for a second writer. */
  readonly mostWriters?: number;
  /** Writers while filling; sixteen unless told. */
  readonly fillers?: number;
  /** Which way of using it was chosen, and why that is the fastest that its own documents allow. */
  readonly chosen: string;
  open(place: Place): Promise<Contestant & { readonly version: string }>;
}

/** Where a contestant may put its things. */
export interface Place {
  /** An own folder on the disk that is measured, and an own database. Both may hold what the same contestant wrote before. */
  readonly folder: string;
  readonly database: string;
  readonly peers: InstalledPeers;
  readonly cluster: BenchCluster;
  /** nats-server with JetStream. */
  readonly natsUrl: string;
}

/** A contestant that answers before the disk has it would win every race; it is not measured at all. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
}
