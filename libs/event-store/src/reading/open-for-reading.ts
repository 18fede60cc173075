import { join } from 'node:path';
import { decode as asRecorded } from '../decode.js';
import { SQLITE_FOLDER } from '../open-store.js';
import type { OpenStoreOptions } from '../open-store-options.js';
import type { CaseReading } from './case-reading.js';

export type ReadingOptions = Pick<OpenStoreOptions, 'log' | 'dataDir' | 'decode'>;

/**
 * Opens the log of a department to look at it. `setting` as for `openStore`; of a log in KurrentDB the department's own
 * copy on this machine is read. @throws LogUnreadable
 */
export async function openForReading(setting: string, { log, dataDir, decode = asRecorded }: ReadingOptions): Promise<CaseReading> {
  if (/^postgres(ql)?:\/\//.test(setting)) {
    const { readPostgresLog } = await import('./postgres-reading.js');
    return readPostgresLog(setting, log, decode);
  }
  const { readSqliteLog } = await import('./sqlite-reading.js');
  if (/^(kurrentdb|esdb)(\+discover)?:\/\//.test(setting)) return readSqliteLog(join(dataDir, 'copy.db'), log, decode);
  return readSqliteLog(join(SQLITE_FOLDER.exec(setting)?.[1] ?? dataDir, 'log.db'), log, decode);
}
