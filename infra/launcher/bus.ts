import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureIdentities, identitiesFolder, keepSeeds, seedFileOf } from '../nats/identities.js';
import { locateNatsServer, startNatsServer, type NatsLocation, type NatsServer } from '../nats/server.js';
import { DEPARTMENTS } from './departments.js';
import { projectRoot } from './project-root.js';
import { StartFailure } from './start-failure.js';
import { retryDelayMs, type ChildObserver } from './supervised-child.js';

/** A message bus in reach. `stop` ends it only when it was started here. */
export interface Bus {
  /** Of a server that somebody else runs it may carry credentials: nothing for a screen or a log. */
  readonly url: string;
  /** Folder with a seed for everyone who connects; null where the address alone lets in. */
  readonly identities: string | null;
  /** False for a server that somebody else runs. */
  readonly ours: boolean;
  stop(): Promise<void>;
}

export interface BusObserver extends ChildObserver {
  /** Something takes longer than usual, for example an installation. */
  announce(line: string): void;
  /** It answers again after a crash. */
  back(): void;
}

/** Starts nats-server with its files in `dir`, or uses the one named by NATS_URL. @throws StartFailure */
export type StartBus = (dir: string, observer: BusObserver) => Promise<Bus>;

const CRASH_IS_TOLD_AFTER_MS = 200;

export const startNats: StartBus = async (dir, observer) => {
  const place = located(observer);
  if (place.kind === 'running') return { url: place.url, identities: identitiesElsewhere(), ours: false, stop: async () => undefined };
  // The wrapper becomes nats-server by exec; it is told which one through the environment.
  process.env['AFTERCARE_NATS_SERVER'] = place.path;
  const program = join(projectRoot(), 'infra', 'launcher', 'nats-with-parent.sh');
  // Loaded here, because they bring the messaging library along and most commands never touch the bus.
  const { IDENTITIES } = await import('../nats/permissions.js');
  const { authorizationBlock } = await import('../nats/authorization.js');
  const folder = identitiesFolder(dir);
  const identities = ensureIdentities(folder, IDENTITIES);
  const keep = keepSeeds(identities);
  const start: StartServer = (again) => {
    keep();
    // Read again at every start: a seed may have been replaced while the server ran.
    return startNatsServer({ storeDir: dir, program, authorization: authorizationBlock(ensureIdentities(folder, IDENTITIES)), ...again });
  };
  return supervised(start, folder, observer);
};

/** Seeds for a server that somebody else runs, made by `aftercare bus config`. @throws StartFailure */
function identitiesElsewhere(): string | null {
  const named = process.env['AFTERCARE_NATS_IDENTITIES'];
  if (!named) return null;
  const folder = resolve(named);
  const missing = DEPARTMENTS.filter((name) => !existsSync(seedFileOf(folder, name)));
  if (missing.length === 0) return folder;
  throw new StartFailure(`AFTERCARE_NATS_IDENTITIES names ${folder}, which holds no seed of ${missing.join(', ')}: make them with \`aftercare bus config\`.`);
}

function located(observer: BusObserver): NatsLocation {
  try {
    return locateNatsServer({ announce: observer.announce });
  } catch (error) {
    throw new StartFailure(error instanceof Error ? error.message : String(error));
  }
}

type StartServer = (again?: Pick<NatsServer, 'port'>) => Promise<NatsServer>;

/** Starts it again on the same port and for the same keys after a crash, even when its folder is gone: the services were told once. */
async function supervised(start: StartServer, identities: string, observer: BusObserver): Promise<Bus> {
  let crashes = 0;
  let retry: NodeJS.Timeout | null = null;
  let stopping = false;
  let server = await start();
  const { url, port } = server;
  const watch = (): void => {
    observer.spawned(server.pid);
    void server.exited.then((code) => setTimeout(() => startAgain(code === null ? 'a signal' : `exit code ${code}`), CRASH_IS_TOLD_AFTER_MS));
  };
  const startAgain = (how: string): void => {
    if (stopping) return;
    crashes += 1;
    observer.crashed(how, retryDelayMs(crashes));
    retry = setTimeout(() => {
      start({ port }).then((next) => { server = next; crashes = 0; watch(); observer.back(); }, (error: Error) => startAgain(error.message));
    }, retryDelayMs(crashes));
  };
  watch();
  return {
    url, identities, ours: true,
    stop: async () => {
      stopping = true;
      if (retry) clearTimeout(retry);
      await server.stop();
    },
  };
}
