import { Logger } from '@nestjs/common';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from 'aftercare/event-store';
import type { HealthReport } from '../http/index.js';
import { configFrom } from './config.js';
import { defineDepartment } from './definition.js';
import { Department } from './department.js';
import { healthChecksOf } from './health-checks.js';

Logger.overrideLogger(false);
const STALL_MS = 2_000;

describe('readiness of a department', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-ready-'));
  let department: Department;
  const env = { AFTERCARE_DATA: folder, NATS_URL: 'nats://127.0.0.1:1', AFTERCARE_VIEWS_STALL_MS: String(STALL_MS) };

  beforeAll(async () => {
    const definition = defineDepartment({ name: 'intake', aggregates: [], views: [], controllers: [], reactions: [] });
    department = await Department.open(definition, configFrom(env, 'intake'));
    department.start();
    await department.views.caughtUp(0);
  });
  afterAll(async () => {
    await department.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ofViews(): Promise<HealthReport> {
    const reports = await Promise.all(healthChecksOf(department).map((check) => check()));
    return reports.find(({ name }) => name === 'views') as HealthReport;
  }
  async function until(ok: boolean, withinMs: number): Promise<HealthReport> {
    for (const end = performance.now() + withinMs; (await ofViews()).ok !== ok && performance.now() < end;) await new Promise((resolve) => setTimeout(resolve, 50));
    return ofViews();
  }

  it.each([
    ['hangs on a read that never answers', (() => new Promise(() => undefined)) as EventStore['readLog']],
    ['is refused by the log every time', (() => Promise.reject(new Error('away'))) as EventStore['readLog']],
  ])('ends within the time set when the poller of read models %s, and returns with it', async (_what, broken) => {
    expect(await ofViews()).toMatchObject({ ok: true, degraded: false });
    const { store } = department;
    const readLog = store.readLog.bind(store);
    store.readLog = broken;
    const report = await until(false, STALL_MS * 2.5);
    expect(report).toMatchObject({ ok: false, detail: expect.stringMatching(/^stalled: 0 events, \d+(\.\d)? s behind$/) });
    store.readLog = readLog;
    expect(await until(true, STALL_MS * 2.5)).toMatchObject({ ok: true, detail: '0 events, 0 s behind' });
  }, 20_000);

  it.each(['0', '1999', 'soon'])('a stall time of %s is refused: it would call a busy department stalled', (value) => {
    expect(() => configFrom({ ...env, AFTERCARE_VIEWS_STALL_MS: value }, 'intake')).toThrow('AFTERCARE_VIEWS_STALL_MS');
  });
});
