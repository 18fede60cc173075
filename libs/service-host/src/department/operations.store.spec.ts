import { openMemoryStore } from 'aftercare/event-store';
import type { JetStreamStrategy, Relay } from 'aftercare/messaging';
import { openViews, type View, type Views } from 'aftercare/projections';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DepartmentPolicies } from '../policies/department-policies.js';
import { deadlineView } from './deadline.view.js';
import { OperationsController } from './operations.controller.js';

describe('operations on read models', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-operations-'));
  const store = openMemoryStore({ log: 'intake' });
  let views: Views;
  let operations: OperationsController;

  beforeAll(async () => {
    views = openViews({ file: join(folder, 'views.db'), store, views: [deadlineView as unknown as View], pollMs: 20 });
    operations = new OperationsController(store, views, {} as Relay, {} as JetStreamStrategy, {} as DepartmentPolicies);
    views.start();
    await views.caughtUp(0);
  });
  afterAll(async () => {
    views.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('going back is refused while nothing is kept, answers with the comparison after a rebuild, and is refused after a discard', async () => {
    await expect(operations.rollback()).rejects.toMatchObject({ problem: { status: 409, code: 'nothing-kept' } });
    await operations.rebuild();
    expect(views.status().kept).toEqual(['deadline']);
    expect(await operations.rollback()).toMatchObject({ events: 0, compared: [{ view: 'deadline', same: true }] });
    expect(operations.discard()).toEqual({ discarded: 1 });
    await expect(operations.rollback()).rejects.toMatchObject({ problem: { status: 409, code: 'nothing-kept' } });
  });

  it('a second rebuild at the same time is refused and the first goes on', async () => {
    const first = operations.rebuild();
    await expect(operations.rebuild()).rejects.toMatchObject({ problem: { status: 409, code: 'rebuild-failed' } });
    expect(await first).toMatchObject({ compared: [{ same: true }] });
  });
});
