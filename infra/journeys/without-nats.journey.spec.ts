import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateNatsServer, startNatsServer, type NatsServer } from '../nats/server.js';
import { openTheBooks, PUMP, sellALot } from './company.js';
import type { Shown } from './desk.js';
import { PrivateInstance } from './private-instance.js';
import { historyOf, outline } from './proofs.js';
import { settled, statusOf } from './settled.js';
import { complainAboutAPump } from './stories/chapters.js';

const CASES = 100;

/** D5: intake accepts, decides and answers without the bus; what it decided reaches the others when the bus is back. */
describe('NATS stopped for the whole of intake\'s part', () => {
  let company: PrivateInstance;
  let nats: NatsServer;
  let storeDir: string;
  let program: string;
  const before = process.env['NATS_URL'];

  beforeAll(async () => {
    delete process.env['NATS_URL'];
    const place = locateNatsServer();
    if (place.kind === 'running') throw new Error('this test starts and stops a server of its own');
    program = place.path;
    storeDir = mkdtempSync(join(tmpdir(), 'aftercare-nats-'));
    nats = await startNatsServer({ storeDir, program });
    process.env['NATS_URL'] = nats.url;
    company = await PrivateInstance.start();
    await openTheBooks(company.desk('books'));
  }, 120_000);
  afterAll(async () => {
    await company?.stop();
    await nats?.stop();
    rmSync(storeDir, { recursive: true, force: true });
    if (before === undefined) delete process.env['NATS_URL'];
    else process.env['NATS_URL'] = before;
  }, 60_000);

  it('takes complaints all the same and loses none of them', async () => {
    const desk = company.desk('offline');
    const lot = await sellALot(desk, PUMP.productCode, 'OFFLINE-1');
    await settled(desk, 30_000);
    await nats.stop();

    const receipts = await Promise.all(Array.from({ length: CASES }, () => complainAboutAPump(desk, lot)));
    const away = await statusOf(desk);
    expect(away.find(({ department }) => department === 'intake')?.relay.lag).toBeGreaterThanOrEqual(CASES * 2);
    expect(outline(await historyOf(desk, receipts[0]?.id ?? ''))['quality']).toBeUndefined();

    nats = await startNatsServer({ storeDir, program, port: nats.port });
    await settled(desk, 60_000);
    for (const { id } of receipts) {
      const happened = outline(await historyOf(desk, id));
      expect(happened['quality']?.filter((type) => type === 'InvestigationOpened')).toHaveLength(1);
      expect(happened['surveys']?.filter((type) => type === 'CallbackExpected')).toHaveLength(1);
    }
    // All of them meet on the stream of one lot at once, and every one of them holds it.
    expect((await statusOf(desk)).map(({ quarantined }) => quarantined)).toEqual([0, 0, 0, 0, 0, 0]);
    const stopped = await desk.ask<Shown>('quality.officer', `/quality/stop-sales/${lot.id}`);
    expect(Object.keys(stopped.state['grounds'] as object).toSorted()).toEqual(receipts.map(({ id }) => id).toSorted());
  }, 180_000);
});
