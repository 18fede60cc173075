import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './say.mjs';

const LOCK = join(ROOT, '.data', 'bootstrap.lock');
const OWNER_FILE_GRACE_MS = 2_000;

function holderIsGone() {
  try {
    const pid = Number(readFileSync(join(LOCK, 'pid'), 'utf8'));
    process.kill(pid, 0);
    return false;
  } catch (error) {
    if (error.code === 'EPERM') return false;
    // Between making the folder and writing the pid the lock has no readable owner yet.
    if (error.code === 'ENOENT') {
      try { return Date.now() - statSync(LOCK).mtimeMs > OWNER_FILE_GRACE_MS; } catch { return false; }
    }
    return true;
  }
}

/** Runs `work` while no other bootstrap of this clone does: two `npm ci` at once leave a broken node_modules. */
export async function alone(work) {
  mkdirSync(join(ROOT, '.data'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (holderIsGone()) rmSync(LOCK, { recursive: true, force: true });
      else await pause(100);
    }
  }
  const release = () => rmSync(LOCK, { recursive: true, force: true });
  process.once('exit', release);
  try {
    writeFileSync(join(LOCK, 'pid'), String(process.pid));
    await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}
