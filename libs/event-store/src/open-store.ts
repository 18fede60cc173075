import { join, resolve } from 'node:path';
import type { OpenStoreOptions } from './open-store-options.js';
import type { EventStore } from './port.js';

/** An engine by its setting, such as `sqlite`. */
interface Engine {
  readonly takes: (setting: string) => boolean;
  readonly open: (setting: string, options: OpenStoreOptions) => Promise<EventStore>;
}

/** `sqlite:/var/lib/logs/quality` keeps the log elsewhere than with what else the department keeps. */
export const SQLITE_FOLDER = /^sqlite:(.+)$/s;

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
export async function openStore(setting: string, { namedBy = 'AFTERCARE_STORE', ...options }: OpenStoreOptions): Promise<EventStore> {
  const engine = ENGINES.find(({ takes }) => takes(setting));
  if (!engine) throw new Error(`${namedBy} names no engine ("${setting.split(':')[0] ?? ''}"): it must read sqlite, sqlite:<folder>, postgres://… or kurrentdb://…`);
  return engine.open(setting, options);
}

/** Where a setting leads, to be told and compared: without user, password and options, which may be secrets. */
export function placeOf(setting: string, dataDir: string): string {
  if (setting === 'sqlite' || SQLITE_FOLDER.test(setting)) return `sqlite:${resolve(SQLITE_FOLDER.exec(setting)?.[1] ?? dataDir)}`;
  const [scheme = '', rest = ''] = setting.split(/:\/\/(.*)/s);
  const [address = '', options = ''] = rest.split(/[?#](.*)/s);
  // A password that is not encoded may hold a question mark; then nothing behind it is told.
  return `${scheme}://${options.includes('@') && !address.includes('@') ? '…' : address.slice(address.lastIndexOf('@') + 1)}`;
}
