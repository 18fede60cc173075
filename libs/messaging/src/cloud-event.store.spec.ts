import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { uuidv7 } from 'uuidv7';
import { connectBus, type Bus } from './bus.js';
import { cloudEventHeaders } from './cloud-event.js';
import { natsOwnStream } from './nats-own-stream.js';
import { Relay } from './relay.js';
import { eventually } from './spec/eventually.js';
import { intakeLog } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';
import { keepProvisioned } from './spec/provisioner.js';

const STREAM = '批次-一 "100%"';

describe('a published event, as another program reads it', () => {
  let nats: NatsFolder;
  let bus: Bus;
  let stopProvisioning: () => Promise<void>;
  beforeAll(async () => {
    nats = new NatsFolder();
    const url = await nats.start();
    bus = connectBus({ servers: url, name: 'intake' });
    stopProvisioning = keepProvisioned(url);
  });
  afterAll(async () => {
    await stopProvisioning();
    await bus.close();
    await nats.remove();
  });

  it('is a CloudEvent whose headers are its own, also where it follows others in one round and its stream has a Chinese name', async () => {
    const store = intakeLog();
    for (const [stream, type, correlationId] of [['complaint-1', 'ComplaintRegistered', uuidv7()], [STREAM, 'ComplaintRegistered', 'old-case'], [STREAM, 'CaseClosed', 'old-case']] as const) {
      await store.append({
        stream, expectedVersion: (await store.readStream(stream, 0, 10)).length - 1, commandId: uuidv7(), fingerprint: 'fp',
        events: [{
          id: uuidv7(), type, schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'staff-7', role: 'clerk' }, onBehalfOf: null, reason: null,
          correlationId, causationId: null, policy: null, signature: null, data: {}, personal: null,
        }],
      });
    }
    const relay = new Relay(store, natsOwnStream(bus, 'intake'), { pollMs: 100 });
    relay.start();
    await eventually('all relayed', async () => (await relay.status()).relayed === 2);
    const connection = await bus.online();
    if (!connection) throw new Error('the bus is closed');
    const manager = await jetstreamManager(connection, { checkAPI: false });
    for (const { event, index } of await store.readLog(0, 3)) {
      const header = (await manager.streams.getMessage('INTAKE', { seq: index + 1 }))?.header;
      const read = Object.fromEntries((header?.keys() ?? []).map(name => [name, header?.values(name)]));
      const expected = { ...cloudEventHeaders(event), 'Nats-Expected-Last-Sequence': String(index) };
      expect(read).toEqual(Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, [value]])));
      expect(decodeURIComponent(header?.get('ce-subject') ?? '')).toBe(event.stream);
    }
    await relay.close();
  });

  it('names the schema that is published for it', () => {
    const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'schemas', 'intake', 'ComplaintRegistered.v1.json');
    const { $id } = JSON.parse(readFileSync(file, 'utf8')) as { $id: string };
    const event = { log: 'intake', type: 'ComplaintRegistered', schema: 1, id: '', stream: '', recordedAt: '', correlationId: '' };
    expect(cloudEventHeaders(event as unknown as Parameters<typeof cloudEventHeaders>[0])['ce-dataschema']).toBe($id);
  });
});
