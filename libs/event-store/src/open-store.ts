import { join } from 'node:path';
import type { Decode } from './decode.js';
import type { Now } from './log-clock.js';
import type { EventStore } from './port.js';

export interface OpenStoreOptions {
  /** Name of the department. */
  readonly log: string;
  /** Folder of this department on this machine. The sqlite engine keeps the log there, others what they may lose. */
  readonly dataDir: string;
  readonly decode?: Decode;
  readonly now?: Now;
  /** Opens a log whose transfer has begun; nothing may work on it then. */
  readonly forTransfer?: boolean;
}

/** An engine by its setting, such as `sqlite`. */
interface Engine {
  readonly takes: (setting: string) => boolean;
  readonly open: (setting: string, options: OpenStoreOptions) => Promise<EventStore>;
}

/** `sqlite:/var/lib/logs/quality` keeps the log elsewhere than with what else the department keeps. */
const SQLITE_FOLDER = /^sqlite:(.+)$/s;

/** Each loads its driver only when it is chosen: a department pays for one engine. */
const ENGINES: readonly Engine[] = [
  {
    takes: (setting) => setting === 'sqlite' || SQLITE_FOLDER.test(setting),
    open: async (setting, { dataDir, ...options }) => {
      const { openSqliteStore } = await import('./sqlite/open-sqlite-store.js');
      return openSqliteStore({ ...options, file: join(SQLITE_FOLDER.exec(setting)?.[1] ?? dataDir, 'log.db') });
    },
  },
  {
    takes: (setting) => /^(kurrentdb|esdb)(\+discover)?:\/\//.test(setting),
    open: async (setting, options) => {
      const { openKurrentDbStore } = await import('./kurrentdb/open-kurrentdb-store.js');
      return openKurrentDbStore(setting, options);
    },
  },
  {
    takes: (setting) => /^postgres(ql)?:\/\//.test(setting),
    open: async (url, options) => {
      const { openPostgresStore } = await import('./postgres/open-postgres-store.js');
      return openPostgresStore({ ...options, url });
    },
  },
];

/** @throws Error when no engine takes the setting; names no secret that it may carry. Otherwise what the engine throws. */
export async function openStore(setting: string, options: OpenStoreOptions): Promise<EventStore> {
  const engine = ENGINES.find(({ takes }) => takes(setting));
  if (!engine) throw new Error(`AFTERCARE_STORE names no engine ("${setting.split(':')[0] ?? ''}"): it must read sqlite, sqlite:<folder>, postgres://… or kurrentdb://…`);
  return engine.open(setting, options);
}
