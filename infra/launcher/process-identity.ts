import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A pid is reused sooner or later, a pid together with its start time is not. The boot id is part of it, because
 * start times count from the boot. Null when no such process runs; a zombie counts as gone.
 */
export function processIdentity(pid: number): string | null {
  return process.platform === 'linux' ? linuxIdentity(pid) : otherIdentity(pid);
}

/** Start time in clock ticks since boot from the text of `/proc/<pid>/stat`; null for a zombie or dead process. */
export function startTicks(stat: string): string | null {
  // The command name may hold spaces and brackets, so fields are counted from the last closing bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === 'Z' || state === 'X' ? null : fields[19] ?? null;
}

function linuxIdentity(pid: number): string | null {
  try {
    const ticks = startTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return ticks && `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}`;
  } catch {
    return null;
  }
}

function otherIdentity(pid: number): string | null {
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return started.trim() || null;
  } catch {
    return null;
  }
}
