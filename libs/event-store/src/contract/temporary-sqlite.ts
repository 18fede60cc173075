import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './describe-event-store.js';
import { openSqliteStore } from '../sqlite/open-sqlite-store.js';

/** A log file of its own that disappears with the test. */
export function temporaryPlace(): Place & { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-store-'));
  const file = join(folder, 'intake.db');
  return {
    file,
    open: async (now) => openSqliteStore({ file, log: 'intake', now }),
    remove: async () => { rmSync(folder, { recursive: true, force: true }); },
  };
}
