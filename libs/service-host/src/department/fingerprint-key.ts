import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOrMakeKey } from 'aftercare/privacy';
import type { ServiceConfig } from './config.js';

const KEY_BYTES = 32;

/**
 * Key of a department's command fingerprints, the same for all its instances, which is why it is with the subject keys
 * that they share: with a key of its own, an instance takes the repeat of what another one recorded for a reused key.
 * Earlier versions kept it in the data folder of the one instance; such a key becomes the shared one, so that repeats
 * over the upgrade are still recognised.
 */
export function fingerprintKey(department: string, { dataDir, vaultDir }: Pick<ServiceConfig, 'dataDir' | 'vaultDir'>): Uint8Array {
  return readOrMakeKey(join(vaultDir, `${department}-fingerprint.key`), () => earlier(join(dataDir, 'fingerprint.key')) ?? randomBytes(KEY_BYTES));
}

/** Null also for one that was torn by a crash while it was made. */
function earlier(file: string): Uint8Array | null {
  const key = existsSync(file) ? readFileSync(file) : null;
  return key?.length === KEY_BYTES ? key : null;
}
