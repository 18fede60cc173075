import { isDeepStrictEqual } from 'node:util';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectOnce, streamNameOf } from 'aftercare/messaging';
import { DEPARTMENTS } from '../launcher/departments.js';
import { livePid } from '../launcher/pid-file.js';
import { identitiesFolder, seedFileOf } from '../nats/identities.js';
import { openTheBooks, PUMP, sellALot } from './company.js';
import { PrivateInstance } from './private-instance.js';
import { settled, type DepartmentStatus } from './settled.js';
import { complainAboutAPump } from './stories/chapters.js';

const CASES = 10;
const HEALED_WITHIN_MS = 10_000;

/** D1: the bus is a copy. Losing all of it costs seconds and nothing else. */
describe('a company whose bus loses what it kept', () => {
  let company: PrivateInstance;
  let cases = 0;
  const before = process.env['NATS_URL'];

  beforeAll(async () => {
    delete process.env['NATS_URL'];
    company = await PrivateInstance.start();
    await openTheBooks(company.desk('books'));
  }, 120_000);
  afterAll(async () => {
    await company?.stop();
    if (before !== undefined) process.env['NATS_URL'] = before;
  }, 60_000);

  async function as<T>(name: string, use: (connection: NatsConnection) => Promise<T>): Promise<T> {
    const nkeyFile = seedFileOf(identitiesFolder(join(company.dataDir, 'nats')), name);
    const connection = await connectOnce({ servers: company.system.state.natsUrl, name, nkeyFile });
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  }

  /** Complaints of which every one reaches quality and surveys, told while the bus is not what it was. */
  async function complain(prefix: string): Promise<void> {
    const desk = company.desk(prefix);
    const lot = await sellALot(desk, PUMP.productCode, prefix.toUpperCase());
    await Promise.all(Array.from({ length: CASES }, () => complainAboutAPump(desk, lot)));
    cases += CASES;
  }

  function heldByTheBus(): Promise<readonly number[]> {
    return as('operator', async (connection) => {
      const manager = await jetstreamManager(connection, { checkAPI: false });
      return Promise.all(DEPARTMENTS.map(async (department) => (await manager.streams.info(streamNameOf(department))).state.last_seq));
    });
  }

  async function expectWhole(statuses: readonly DepartmentStatus[]): Promise<void> {
    const heads = DEPARTMENTS.map((name) => statuses.find(({ department }) => department === name)?.head);
    // A department that had nothing to say meanwhile notices at its next look that its stream is empty.
    let held: readonly number[] = [];
    for (const began = Date.now(); Date.now() - began < HEALED_WITHIN_MS && !isDeepStrictEqual(held, heads);) held = await heldByTheBus();
    expect(held).toEqual(heads);
    expect(statuses.map(({ quarantined }) => quarantined)).toEqual(statuses.map(() => 0));
    const { items } = await company.desk('look').ask<{ items: readonly unknown[] }>('quality.officer', '/quality/investigations?limit=200');
    expect(items).toHaveLength(cases);
  }

  it('has every event on the bus and every reaction done within ten seconds after the whole store of NATS was wiped', async () => {
    await complain('before');
    await expectWhole(await settled(company.desk('calm'), 60_000));

    process.kill(livePid(company.dataDir, 'nats') as number, 'SIGKILL');
    rmSync(join(company.dataDir, 'nats', 'jetstream'), { recursive: true });
    const lostAt = Date.now();
    await complain('wiped');
    const statuses = await settled(company.desk('healed'), 60_000);
    const healedAfterMs = Date.now() - lostAt;
    process.stdout.write(`the whole store of NATS lost, ${CASES} complaints meanwhile: healed after ${healedAfterMs} ms\n`);
    await expectWhole(statuses);
    expect(healedAfterMs).toBeLessThan(HEALED_WITHIN_MS);
  }, 120_000);

  it('has them as soon after every stream was deleted while the server ran', async () => {
    for (const department of DEPARTMENTS) {
      await as(department, async (connection) => (await jetstreamManager(connection, { checkAPI: false })).streams.delete(streamNameOf(department)));
    }
    const lostAt = Date.now();
    await complain('deleted');
    const statuses = await settled(company.desk('healed-2'), 60_000);
    process.stdout.write(`all six streams deleted, ${CASES} complaints meanwhile: healed after ${Date.now() - lostAt} ms\n`);
    await expectWhole(statuses);
    expect(Date.now() - lostAt).toBeLessThan(HEALED_WITHIN_MS);
  }, 120_000);

  it('never asked the bus for anything that it may not', () => {
    const log = readFileSync(join(company.dataDir, 'nats', 'nats.log'), 'utf8');
    expect(log).toContain('Server is ready');
    expect(log.split('\n').filter((line) => /violation/i.test(line))).toEqual([]);
  });
});
