import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Everything a service is told from outside. All of it comes from the environment; nothing has a secret default. */
export interface ServiceConfig {
  /** Folder of this department alone. */
  readonly dataDir: string;
  /** Folder of the subject keys and the keys of the command fingerprints, shared by the departments of one company and all their instances, apart from the logs. */
  readonly vaultDir: string;
  /** Engine of the event store: `sqlite`, `postgres://…` or `kurrentdb://…`. */
  readonly store: string;
  readonly host: string;
  readonly port: number;
  /** One address, or several of a cluster with commas between them. */
  readonly natsUrl: string;
  /** File with this department's NKEY seed; null where the bus knows its clients by what the address carries, or not at all. */
  readonly natsNkeyFile: string | null;
  readonly deadlineWatchMs: number;
  /** After how long without a look at the log the read models count as stalled and the department as not ready. */
  readonly viewsStallMs: number;
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set; "aftercare up" sets it, or see docs/operations/running.md`);
  return value;
}

function port(text: string | undefined): number {
  const value = Number(text ?? '0');
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`AFTERCARE_PORT must be 0 to 65535, not "${text ?? ''}"`);
  return value;
}

/** Too short a time would call every busy department stalled. */
function milliseconds(env: NodeJS.ProcessEnv, name: string, usual: number): number {
  const value = Number(env[name] ?? usual);
  if (!Number.isInteger(value) || value < 2_000) throw new Error(`${name} must be at least 2000, not "${env[name] ?? ''}"`);
  return value;
}

/** @throws Error naming the variable that is missing or wrong. */
export function configFrom(env: NodeJS.ProcessEnv, department: string): ServiceConfig {
  const root = required(env, 'AFTERCARE_DATA');
  const dataDir = join(root, department);
  const vaultDir = env['AFTERCARE_VAULT'] || join(root, 'vault');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  mkdirSync(vaultDir, { recursive: true, mode: 0o700 });
  return {
    dataDir, vaultDir, store: env['AFTERCARE_STORE'] ?? 'sqlite', host: env['AFTERCARE_HOST'] ?? '127.0.0.1', port: port(env['AFTERCARE_PORT']),
    natsUrl: required(env, 'NATS_URL'), natsNkeyFile: env['NATS_NKEY_FILE'] || null,
    deadlineWatchMs: Number(env['AFTERCARE_DEADLINE_WATCH_MS'] ?? '1000'),
    viewsStallMs: milliseconds(env, 'AFTERCARE_VIEWS_STALL_MS', 10_000),
  };
}
