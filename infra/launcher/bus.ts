import { join } from 'node:path';
import { locateNatsServer, startNatsServer, type NatsLocation, type NatsServer } from '../nats/server.js';
import { projectRoot } from './project-root.js';
import { StartFailure } from './start-failure.js';
import { retryDelayMs, type ChildObserver } from './supervised-child.js';

/** A message bus in reach. `stop` ends it only when it was started here. */
export interface Bus {
  /** May carry credentials: nothing for a screen or a log. */
  readonly url: string;
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
  if (place.kind === 'running') return { url: place.url, ours: false, stop: async () => undefined };
  // The wrapper becomes nats-server by exec; it is told which one through the environment.
  process.env['AFTERCARE_NATS_SERVER'] = place.path;
  const program = join(projectRoot(), 'infra', 'launcher', 'nats-with-parent.sh');
  const start: StartServer = (again) => startNatsServer({ storeDir: dir, program, ...again });
  return supervised(start, observer);
};

function located(observer: BusObserver): NatsLocation {
  try {
    return locateNatsServer({ announce: observer.announce });
  } catch (error) {
    throw new StartFailure(error instanceof Error ? error.message : String(error));
  }
}

type StartServer = (again?: Pick<NatsServer, 'port' | 'token'>) => Promise<NatsServer>;

/** Starts it again on the same port and with the same token after a crash, even when its folder is gone: the services were told once. */
async function supervised(start: StartServer, observer: BusObserver): Promise<Bus> {
  let crashes = 0;
  let retry: NodeJS.Timeout | null = null;
  let stopping = false;
  let server = await start();
  const { url, port, token } = server;
  const watch = (): void => {
    observer.spawned(server.pid);
    void server.exited.then((code) => setTimeout(() => startAgain(code === null ? 'a signal' : `exit code ${code}`), CRASH_IS_TOLD_AFTER_MS));
  };
  const startAgain = (how: string): void => {
    if (stopping) return;
    crashes += 1;
    observer.crashed(how, retryDelayMs(crashes));
    retry = setTimeout(() => {
      start({ port, token }).then((next) => { server = next; crashes = 0; watch(); observer.back(); }, (error: Error) => startAgain(error.message));
    }, retryDelayMs(crashes));
  };
  watch();
  return {
    url, ours: true,
    stop: async () => {
      stopping = true;
      if (retry) clearTimeout(retry);
      await server.stop();
    },
  };
}
