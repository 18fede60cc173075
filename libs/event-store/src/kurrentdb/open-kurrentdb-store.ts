import { join } from 'node:path';
import { decode as asRecorded } from '../decode.js';
import { systemNow } from '../log-clock.js';
import type { OpenStoreOptions } from '../open-store-options.js';
import type { EventStore } from '../port.js';
import { requireOpen } from '../standing.js';
import { connectStream } from './client-stream.js';
import type { LoopTimes } from './commit-loop.js';
import type { FencedStream } from './fenced-stream.js';
import { KurrentDbStore } from './kurrentdb-store.js';
import { LocalCopy } from './local-copy.js';

const PREFIX = 'aftercare-';

/**
 * One department's log in KurrentDB, with a copy in `copy.db` below the folder of the department.
 * @throws Error when the server does not answer, was set back behind the copy, or holds a stream that is no log of this department.
 */
export async function openKurrentDbStore(connection: string, options: OpenStoreOptions): Promise<EventStore> {
  const stream = `${PREFIX}${options.log}`;
  return openOver(connectStream(connection, stream), stream, options);
}

/** The engine over any stream that keeps the promises of `FencedStream`. */
export async function openOver(remote: FencedStream, stream: string, options: OpenStoreOptions, times?: LoopTimes): Promise<EventStore> {
  const { log, dataDir, now = systemNow, decode = asRecorded, forTransfer = false } = options;
  const copy = LocalCopy.open(join(dataDir, 'copy.db'), stream, log, now, decode);
  const store = new KurrentDbStore(log, remote, copy, times);
  try {
    await store.catchUp(!forTransfer);
    if (!forTransfer) requireOpen(copy.standing, log);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
