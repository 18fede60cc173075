import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { describeEventStore, type Place } from '../contract/describe-event-store.js';
import { ClientStream, connectStream } from './client-stream.js';
import { GrpcDouble } from './double/grpc-double.js';
import { connectionTo, StreamDouble } from './double/stream-double.js';
import type { FencedStream } from './fenced-stream.js';
import { openOver } from './open-kurrentdb-store.js';

/** Every place is a stream of its own; `connect` may be called once for every opening. */
function placeOver(connect: (stream: string) => FencedStream): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-kurrent-'));
  const stream = `aftercare-spec-${dataDir.slice(-6)}-${process.pid}`;
  return {
    open: async (now) => openOver(connect(stream), stream, { log: 'intake', dataDir, now }),
    remove: async () => { rmSync(dataDir, { recursive: true }); },
  };
}

describeEventStore('kurrentdb over a stream in memory', {
  durable: true,
  newPlace: () => {
    const server = new StreamDouble();
    return placeOver(() => connectionTo(server));
  },
});

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

  describeEventStore('kurrentdb over gRPC', {
    durable: true,
    newPlace: () => placeOver((stream) => new ClientStream(client, stream, async () => undefined)),
  });
});

const url = process.env['KURRENTDB_URL'];
if (url === undefined) {
  it.skip('kurrentdb on a real server: skipped, because KURRENTDB_URL names none', () => undefined);
} else {
  describeEventStore('kurrentdb on a real server', { durable: true, newPlace: () => placeOver((stream) => connectStream(url, stream)) });
}
