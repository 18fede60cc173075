import { setTimeout as pause } from 'node:timers/promises';
import { effectViolations, historyViolations, logViolations, type History, type LogEntry, type Violation } from 'aftercare/testing';
import { underWay, type DepartmentStatus } from '../../journeys/settled.js';
import { readWholeLog } from '../store/read-whole-log.js';
import { copyViolations } from '../bus/bus-copy.js';
import { CHAIN, operationIn, withOperations } from './complaints.js';
import { DEPARTMENTS, type Company } from './company.js';

/** Waits until every event is published, dealt with and in the read models: twice in a row with the same heads. */
export async function settle(company: Company, ms: number): Promise<Violation[]> {
  let before = '';
  for (const deadline = Date.now() + ms; ;) {
    const statuses = await Promise.all(DEPARTMENTS.map((name) => company.status(name).catch(() => null)));
    const here = statuses.filter((status): status is DepartmentStatus => status !== null);
    const open = [...DEPARTMENTS.filter((_, place) => statuses[place] === null).map((name) => `${name} does not answer`), ...underWay(here)];
    const heads = here.map(({ head }) => head).join();
    if (open.length === 0 && heads === before) return [];
    before = open.length === 0 ? heads : '';
    if (Date.now() > deadline) return [{ rule: 'not-converged', what: open.join('; ') }];
    await pause(200);
  }
}

/** Read models beside a rebuild; the services have to run. */
export async function modelViolations(company: Company): Promise<Violation[]> {
  const differing = await Promise.all(DEPARTMENTS.map((name) => company.modelsThatDiffer(name)));
  return differing.flat().map((what) => ({ rule: 'model-differs', what }));
}

/** The logs beside what the clients were told and beside each other, and the copies on the bus; the services must not run. */
export async function logbookViolations(company: Company, history: History): Promise<Violation[]> {
  const logs: LogEntry[][] = [];
  const aside: Violation[] = [];
  const bus = await company.connectAsOperator();
  for (const name of DEPARTMENTS) {
    const store = await company.openLog(name);
    const log = await readWholeLog(store, operationIn);
    logs.push(name === 'intake' ? withOperations(log) : log.map((entry) => ({ ...entry, operation: null })));
    aside.push(...(await store.quarantined()).map(({ source, index, reason }) => ({ rule: 'quarantined' as const, what: `${name}: ${source} ${index}: ${reason}` })));
    aside.push(...await copyViolations(bus, name, store));
    await store.close();
  }
  await bus.close();
  const all = logs.flat();
  return [
    ...historyViolations(history.operations, logs[0] ?? []), ...logs.flatMap(logViolations), ...CHAIN.flatMap((rule) => effectViolations(rule, all)), ...effectsTwice(all), ...aside,
  ];
}

/** No cause has the same effect on the same stream twice, whatever the rule of the chain. */
export function effectsTwice(all: readonly LogEntry[]): Violation[] {
  const seen = new Map<string, number>();
  for (const { log, stream, type, cause, operation } of all) {
    if (cause !== null && operation === null) seen.set(`${log} ${stream} ${type} of ${cause}`, (seen.get(`${log} ${stream} ${type} of ${cause}`) ?? 0) + 1);
  }
  return [...seen].filter(([key, count]) => count > 1 && !/ Deadlines?(Set|Met|Dropped|Paused|Resumed|Revised|Warned|Breached|Escalated) /.test(key)).map(([what, count]) => ({ rule: 'effect-doubled', what: `${what}: ${count}` }));
}
