import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import type { History } from 'aftercare/testing';
import { eventOf } from '../bus/departments.js';
import { REGISTRATION } from './complaints.js';
import type { Company, Department } from './company.js';

/** Damage done to a department while it is down, as a bug of its own would do it. */
export const SERVICE_PLANTS = {
  'log-set-back': 'the log of intake loses its newest events in a crash',
  'effect-twice': 'one reaction of quality has recorded its effect a second time',
  'command-torn': 'a registration of intake has recorded its first event alone',
  'model-spoilt': 'a row is missing in a read model of surveys',
} as const;

export async function spoil(plant: string, company: Company, history: History): Promise<void> {
  switch (plant as keyof typeof SERVICE_PLANTS) {
    case 'log-set-back': return setBack(company, history);
    case 'effect-twice': return whileDown(company, 'quality', () => recordTwice(company));
    case 'command-torn': return whileDown(company, 'intake', () => recordHalf(company, history));
    case 'model-spoilt': return whileDown(company, 'surveys', async () => dropOneRow(company));
    default: throw new Error(`there is no planted bug "${plant}" of a service`);
  }
}

const LOADED_MS = 30_000;

/** Waits until the department has something to lose. */
async function whileDown(company: Company, name: Department, work: () => Promise<void>): Promise<void> {
  const service = company.service(name);
  await service.untilReady();
  for (const deadline = Date.now() + LOADED_MS; Date.now() < deadline;) {
    const status = await company.status(name).catch(() => null);
    if (status !== null && status.head > 12 && status.views.position > 12) break;
    await pause(100);
  }
  await service.kill();
  await work();
  service.start();
}

async function setBack(company: Company, history: History): Promise<void> {
  const folder = join(company.folder, 'intake');
  const saved = `${folder}-saved`;
  await whileDown(company, 'intake', async () => { cpSync(folder, saved, { recursive: true }); });
  await company.service('intake').untilReady();
  const before = history.count('ok');
  for (const deadline = Date.now() + 20_000; history.count('ok') < before + 5 && Date.now() < deadline;) await pause(50);
  await whileDown(company, 'intake', async () => {
    for (const file of readdirSync(folder).filter((one) => one.startsWith('log.db'))) rmSync(join(folder, file));
    for (const file of readdirSync(saved).filter((one) => one.startsWith('log.db'))) cpSync(join(saved, file), join(folder, file));
  });
}

async function recordTwice(company: Company): Promise<void> {
  const store = await company.openLog('quality');
  const noted = (await store.readLog(0, 10_000)).find(({ event }) => event.type === 'WarehouseHoldNoted')?.event;
  if (!noted) throw new Error('no reaction was recorded yet');
  const { stream, type, data, correlationId, causationId, schema } = noted;
  const version = (await store.readStream(stream, 0, 1_000)).length - 1;
  await store.append({
    stream, expectedVersion: version, commandId: 'planted', fingerprint: 'f', events: [{ ...eventOf(type, correlationId, data as object, causationId), schema }],
  });
  await store.close();
}

/** What is left of a command whose events are recorded one by one, by a process that dies after the first. */
async function recordHalf(company: Company, history: History): Promise<void> {
  const store = await company.openLog('intake');
  const registered = (await store.readLog(0, 10_000)).find(({ event }) => event.type === REGISTRATION[0])?.event;
  if (!registered) throw new Error('no complaint was registered yet');
  const { type, data, schema } = registered;
  const row = history.begin('planted', REGISTRATION.length);
  const caseId = uuidv7();
  await store.append({
    stream: `complaint-${caseId}`, expectedVersion: -1, commandId: row, fingerprint: 'f',
    events: [{ ...eventOf(type, caseId, { ...data as object, source: { register: 'chaos', row } }, null), schema }],
  });
  await store.close();
}

function dropOneRow(company: Company): void {
  const db = new Database(join(company.folder, 'surveys', 'views.db'));
  const tables = db.prepare<[], string>("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'key' WHERE m.type = 'table'").pluck().all();
  const deleted = tables.reduce((sum, table) => sum + db.prepare(`DELETE FROM "${table}" WHERE "key" = (SELECT min("key") FROM "${table}")`).run().changes, 0);
  db.close();
  if (deleted === 0) throw new Error('there was no row to drop');
}
