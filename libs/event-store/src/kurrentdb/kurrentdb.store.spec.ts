import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { describeEventStore, type Engine, type Place } from '../contract/describe-event-store.js';
import { ClientStream, connectStream } from './client-stream.js';
import { GrpcDouble } from './double/grpc-double.js';
import { connectionTo, dyingConnection, StreamDouble } from './double/stream-double.js';
import type { FencedStream } from './fenced-stream.js';
import { openOver } from './open-kurrentdb-store.js';

const QUICK = { retryMs: [1], awayMs: 10 };

const engine = (newPlace: () => Place): Engine => ({
  durable: true,
  newPlace,
  cannot: {
    edit: 'no call of KurrentDB changes an entry', reorder: 'no call of KurrentDB changes an entry', swap: 'no call of KurrentDB changes an entry',
    insert: 'KurrentDB only appends, and what does not continue the log is refused on reading',
    delete: 'the access rules of a stream belong to the server', truncate: 'the access rules of a stream belong to the server',
  },
});

/** Every place is a stream of its own; `connect` may be called once for every opening. */
function placeOver(connect: (stream: string) => FencedStream): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-kurrent-'));
  const stream = `aftercare-spec-${dataDir.slice(-6)}-${process.pid}`;
  const options = { log: 'intake', dataDir };
  return {
    open: (now) => openOver(connect(stream), stream, { ...options, now }, QUICK),
    openDying: async (afterSteps, now) => {
      let dying: FencedStream | undefined;
      const connection = connect(stream);
      // The death is counted from when the store is open, so until then the calls go through.
      const store = await openOver({
        append: (after, entries) => (dying ?? connection).append(after, entries),
        read: (from, limit) => (dying ?? connection).read(from, limit),
        follow: () => () => undefined,
        close: () => connection.close(),
      }, stream, { ...options, now }, QUICK);
      dying = dyingConnection(connection, afterSteps);
      return store;
    },
    openForTransfer: () => openOver(connect(stream), stream, { ...options, forTransfer: true }, QUICK),
    remove: async () => { rmSync(dataDir, { recursive: true }); },
  };
}

describeEventStore('kurrentdb over a stream in memory', engine(() => {
  const server = new StreamDouble();
  return placeOver(() => connectionTo(server));
}));

describe('through the official client', () => {
  let server: GrpcDouble;
  let client: KurrentDBClient;
  beforeAll(async () => {
    server = await GrpcDouble.start();
    client = KurrentDBClient.connectionString(server.connection);
  });
  afterAll(async () => {
    await client.dispose();
    server.stop();
  });

  describeEventStore('kurrentdb over gRPC', engine(() => placeOver((stream) => new ClientStream(client, stream, async () => undefined))));
});

const url = process.env['KURRENTDB_URL'];
if (url === undefined) {
  // oxlint-disable-next-line jest/no-disabled-tests -- only whoever has a server can run it, and a report without a trace would look like a pass.
  it.skip('kurrentdb on a real server: skipped, because KURRENTDB_URL names none', () => undefined);
} else {
  describeEventStore('kurrentdb on a real server', engine(() => placeOver((stream) => connectStream(url, stream))));
}
