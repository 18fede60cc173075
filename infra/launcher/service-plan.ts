import { join } from 'node:path';
import { seedFileOf } from '../nats/identities.js';
import { GATEWAY } from './departments.js';
import { projectRoot } from './project-root.js';
import type { ChildPlan, Command } from './supervised-child.js';

/** Which program is a service. Tests put small stand-ins here. */
export type CommandOf = (service: string) => Command;

export const builtService: CommandOf = (service) => ({
  file: process.execPath,
  args: [join(projectRoot(), 'dist', 'services', service, 'src', 'main.js')],
});

/** What the services have in common. */
export interface Surroundings {
  readonly dataDir: string;
  readonly natsUrl: string;
  /** Folder of the seeds; null where the address alone lets in. */
  readonly natsIdentities: string | null;
  readonly jwksFile: string;
  /** Name to base URL of every service. */
  readonly urls: Readonly<Record<string, string>>;
}

/** Everything a service is told, by environment only; the parent's own AFTERCARE settings must not shine through. */
export function planOf(service: string, surroundings: Surroundings, commandOf: CommandOf): ChildPlan {
  const { dataDir, natsUrl, natsIdentities, jwksFile, urls } = surroundings;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AFTERCARE_|NATS_|npm_|NODE_OPTIONS$)/.test(name)));
  const url = new URL(urls[service] as string);
  const departments = Object.fromEntries(Object.entries(urls).filter(([name]) => name !== GATEWAY));
  const { file, args } = commandOf(service);
  const guard = join(projectRoot(), 'infra', 'launcher', 'die-with-parent.mjs');
  return {
    command: { file, args: file === process.execPath ? ['--import', guard, ...args] : args },
    cwd: projectRoot(),
    logFile: join(dataDir, 'logs', `${service}.log`),
    env: {
      ...inherited,
      AFTERCARE_DATA: dataDir,
      AFTERCARE_PORT: url.port,
      AFTERCARE_HOST: url.hostname,
      AFTERCARE_TOKEN_KEYS: jwksFile,
      // The gateway speaks HTTP only, so it learns nothing of the bus.
      ...(service === GATEWAY ? { AFTERCARE_SERVICES: JSON.stringify(departments) } : {
        NATS_URL: natsUrl,
        ...(natsIdentities !== null && { NATS_NKEY_FILE: seedFileOf(natsIdentities, service) }),
        ...engineOf(service),
      }),
    },
  };
}

/** Name of the setting that chooses the engine of one department's log. */
export function storeVariable(service: string): string {
  return `AFTERCARE_STORE_${service.toUpperCase().replaceAll('-', '_')}`;
}

/** The one setting that passes through, and only to its own department: it may carry a password. */
function engineOf(service: string): Record<string, string> {
  const setting = process.env[storeVariable(service)];
  return setting === undefined || setting === '' || service === GATEWAY ? {} : { AFTERCARE_STORE: setting };
}
