import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

/** A file that holds a key cannot be used as it is; with the key of all keys nothing is sealed or opened. */
export class KekUnusable extends Error {
  override readonly name = 'KekUnusable';
}

/**
 * Reads a key of 32 bytes, making it on first use. Readable by its owner only (0600), because whoever has the
 * key-encryption key and the vault has every personal datum.
 * @param first bytes of a key that is not there yet; random unless told
 * @throws KekUnusable when the file is open to others or has another length.
 */
export function readOrMakeKey(file: string, first: () => Uint8Array = () => randomBytes(KEY_BYTES)): Buffer {
  try {
    return read(file);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  make(file, first());
  return read(file);
}

function read(file: string): Buffer {
  const key = readFileSync(file);
  if (key.length !== KEY_BYTES) throw new KekUnusable(`the key file holds ${key.length} bytes instead of ${KEY_BYTES}`);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw new KekUnusable('the key file may be read by others; set it to 0600');
  return key;
}

/**
 * The key is written and synced under another name and then linked: a link never replaces a file, so of several
 * processes starting at once exactly one key wins, and none ever reads half of it.
 */
function make(file: string, key: Uint8Array): void {
  const draft = `${file}.${randomUUID()}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, key);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(file));
}

/** Without this a power cut could keep keys in the vault and lose the name of the file that opens them. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
