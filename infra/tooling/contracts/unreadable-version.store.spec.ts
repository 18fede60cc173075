import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readableEvents } from 'aftercare/contracts';
import { decodeWith, openSqliteStore, type EventStore, type EventToAppend } from 'aftercare/event-store';
import { UnreadableVersion } from 'aftercare/kernel';
import { openViews, type View, type Views } from 'aftercare/projections';
import { CaseFiles } from 'aftercare/service-host';
import { uuidv7 } from 'uuidv7';
import { States } from '../../../libs/service-host/src/commands/states.js';
import { UnknownInStream } from '../../../libs/service-host/src/commands/unknown-in-stream.js';
import type { Department } from '../../../libs/service-host/src/department/department.js';
import { healthChecksOf } from '../../../libs/service-host/src/department/health-checks.js';
import { HistoryController } from '../../../libs/service-host/src/department/history.controller.js';
import { problemOf } from '../../../libs/service-host/src/http/problem-of.js';
import { complaint } from '../../../services/intake/src/complaint/complaint.decide.js';
import { complaintView } from '../../../services/intake/src/complaint/complaint.view.js';
import { goldenVault } from './golden.js';
import { readReleased } from './released.js';
import { projectRoot } from '../../launcher/project-root.js';

const HALF = '019ca6a0-0000-7000-8000-00000000aaaa';
const WHOLE = '019ca6a0-0000-7000-8000-00000000bbbb';
const golden = readReleased(projectRoot()).golden;
const goldenData = (name: string, version: number): object => {
  const file = golden.find((found) => found.type === name && found.version === version);
  return (JSON.parse(file?.bytes.toString('utf8') ?? '{}') as { data: object }).data;
};

function event(caseId: string, type: string, schema: number, data: object): EventToAppend {
  return {
    id: uuidv7(), type, schema, data, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'staff-1', role: 'intake.clerk' }, onBehalfOf: null,
    reason: null, correlationId: caseId, causationId: null, policy: null, signature: null, personal: null,
  };
}

describe('a log that a newer program has written in', () => {
  const registered = goldenData('ComplaintRegistered', 1);
  let folder: string;
  let store: EventStore;
  let views: Views;

  const readModels = () => ({ file: join(folder, 'views.db'), views: [complaintView as View], pollMs: 20 });

  async function alarm(): Promise<void> {
    for (let tries = 0; tries < 200 && !views.status().failed; tries += 1) await new Promise((wait) => setTimeout(wait, 10));
  }

  async function written(...newer: EventToAppend[]): Promise<void> {
    const file = join(folder, 'log.db');
    const itself = openSqliteStore({ file, log: 'intake' });
    const append = (id: string, expectedVersion: number, ...events: EventToAppend[]) =>
      itself.append({ stream: `complaint-${id}`, expectedVersion, events, commandId: uuidv7(), fingerprint: 'fp' });
    await append(HALF, -1, event(HALF, 'ComplaintRegistered', 1, registered), event(HALF, 'CaseAssigned', 1, { handler: 'staff-2' }));
    const before = openViews({ ...readModels(), store: itself });
    before.start();
    await before.caughtUp(2);
    before.close();
    await append(HALF, 1, ...newer);
    await append(WHOLE, -1, event(WHOLE, 'ComplaintRegistered', 1, registered));
    await itself.close();
    store = openSqliteStore({ file, log: 'intake', decode: decodeWith(readableEvents) });
    views = openViews({ ...readModels(), store });
  }

  const refusedWith = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'not refused', (error: unknown) => error);
  const history = (): HistoryController => new HistoryController(store, new CaseFiles(store, goldenVault));

  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'aftercare-newer-')); });
  afterEach(async () => {
    views.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('in a version of a known event that is beyond this program', () => {
    beforeEach(() => written(event(HALF, 'HandlingPlanFixed', 9, { ...goldenData('HandlingPlanFixed', 2), remedies: 'by-plan' })));

    it('decides nothing on that case and says why, and goes on with the others', async () => {
      const error = await refusedWith(new States(store).load(complaint, HALF));
      expect(error).toMatchObject({ name: 'UnreadableVersion', message: expect.stringContaining('HandlingPlanFixed version 9') as string });
      expect(problemOf(error)).toMatchObject({ status: 503, code: 'unreadable-record' });
      expect(await refusedWith(new CaseFiles(store, goldenVault).show(complaint, HALF))).toBeInstanceOf(UnreadableVersion);
      expect(await new States(store).load(complaint, WHOLE)).toMatchObject({ version: 0 });
    });

    it('stops the read models exactly before it, and alarms', async () => {
      views.start();
      await alarm();
      expect(views.status()).toMatchObject({ position: 2, failed: expect.stringContaining('intake event 2 is HandlingPlanFixed version 9') as string });
      expect(views.get(complaintView, HALF)).toMatchObject({ handler: 'staff-2', plan: 0 });
      expect(views.get(complaintView, WHOLE)).toBeNull();
      const health = await Promise.all(healthChecksOf({ views } as unknown as Department).map((check) => Promise.resolve().then(check).catch(() => null)));
      expect(health.find((checked) => checked?.name === 'views')).toMatchObject({ ok: false });
    });

    it('alarms at once where read models have yet to be computed, instead of computing for ever', async () => {
      views.close();
      rmSync(join(folder, 'views.db'));
      views = openViews({ ...readModels(), store });
      views.start();
      await alarm();
      expect(views.status()).toMatchObject({ failed: expect.stringContaining('intake event 2 is HandlingPlanFixed version 9') as string, building: [{ view: 'complaint' }] });
    });

    it('ends a rebuild there too, with the same rows', async () => {
      views.start();
      await views.caughtUp(2);
      expect(await views.rebuild()).toMatchObject({ events: 2, compared: [{ view: 'complaint', same: true }] });
      await alarm();
      expect([views.position(), views.get(complaintView, HALF), views.status().failed]).toMatchObject([2, { handler: 'staff-2' }, expect.stringContaining('version 9')]);
    });

    it('exports nothing of the case rather than half of it', async () => {
      expect(await refusedWith(history().ofCase(HALF))).toBeInstanceOf(UnreadableVersion);
      expect((await history().ofCase(WHOLE)).items).toHaveLength(1);
    });
  });

  describe('in a version before the oldest that there is a step from', () => {
    it('is refused in the same way', async () => {
      await written(event(HALF, 'HandlingPlanFixed', 0, {}));
      expect(await refusedWith(new States(store).load(complaint, HALF))).toBeInstanceOf(UnreadableVersion);
    });
  });

  describe('under a name that this program does not know', () => {
    beforeEach(() => written(event(HALF, 'CaseFrozen', 1, { until: '2026-04-01' })));

    it('decides nothing on that case, because what it means for the next step is unknown', async () => {
      const error = await refusedWith(new States(store).load(complaint, HALF));
      expect(error).toBeInstanceOf(UnknownInStream);
      expect(problemOf(error)).toMatchObject({ status: 503, code: 'unreadable-record' });
      expect(await refusedWith(new CaseFiles(store, goldenVault).show(complaint, HALF))).toBeInstanceOf(UnknownInStream);
      expect(await refusedWith(new CaseFiles(store, goldenVault).stateOf(complaint, HALF))).toBeInstanceOf(UnknownInStream);
    });

    it('passes it in the read models, which have no column for it, and shows it in the history', async () => {
      views.start();
      await views.caughtUp(4);
      expect(views.status().failed).toBeUndefined();
      expect((await history().ofCase(HALF)).items.map(({ type }) => type)).toEqual(['ComplaintRegistered', 'CaseAssigned', 'CaseFrozen']);
    });
  });
});
