import { setTimeout as pause } from 'node:timers/promises';
import type { Recorded } from 'aftercare/kernel';
import { effectViolations, History, historyViolations, logViolations, Seeded } from 'aftercare/testing';
import { effectsTwice } from '../chaos/services/company-check.js';
import { CHAIN, complaintOf, operationIn } from '../chaos/services/complaints.js';
import { readWholeLog } from '../chaos/store/read-whole-log.js';
import type { Receipt } from './desk.js';
import { underWay, type DepartmentStatus } from './settled.js';
import { INSTANCES, PLACES, TwoOfQuality, type Answer, type Place } from './two-of-quality.js';

const KILLS = Number(process.env['TWO_INSTANCES_KILLS'] ?? '4');
const CLIENTS = 3;
const HOUR = 3_600_000;
const SETTLED_WITHIN_MS = 60_000;
/** Time from the registration to the end of the 24 hours for the site verification (P002A-10). */
const DUE_IN_MS = 6_000;
const PROBLEM = 'the two instances told different things';

interface DeadlinesSet { readonly clocks: readonly { readonly clock: string; readonly dueAt: string | null }[] }
interface Rebuilt { readonly compared: readonly { readonly view: string; readonly rowsAfter: number; readonly same: boolean }[] }

describe('two instances of quality on one PostgreSQL log, one of which is killed now and then', () => {
  let company: TwoOfQuality;
  const history = new History();
  const random = new Seeded('two instances');
  /** Answers of both instances to one command under one key. */
  const pairs: { readonly what: string; readonly answers: readonly Answer<Receipt>[] }[] = [];

  /** Not waited for by whoever goes on registering, or all would stand still until the killed one is back. */
  const telling: Promise<void>[] = [];

  beforeAll(async () => { company = await TwoOfQuality.start(); }, 120_000);
  afterAll(() => company?.stop(), 60_000);

  /** Repeated under the same key until somebody answers: a killed instance comes back. */
  async function insist<T>(ask: () => Promise<Answer<T>>, isAnswer: (status: number) => boolean): Promise<Answer<T>> {
    for (const deadline = Date.now() + SETTLED_WITHIN_MS; ;) {
      const answer = await ask().catch(() => null);
      if (answer && isAnswer(answer.status)) return answer;
      if (Date.now() > deadline) throw new Error(`no answer: ${JSON.stringify(answer)}`);
      await pause(50);
    }
  }

  const toBoth = async (path: string, body: object, key: string, atOnce: boolean): Promise<void> => {
    const tell = (place: Place) => insist(() => company.tell<Receipt>(place, 'quality.officer', path, body, key), (status) => status < 500);
    const order = random.shuffled(INSTANCES);
    const answers = atOnce ? await Promise.all(order.map(tell)) : [await tell(order[0] as Place), await tell(order[1] as Place)];
    pairs.push({ what: `${key} to ${order.join()}${atOnce ? ' at once' : ''}`, answers });
  };

  async function client(name: string, stopped: AbortSignal): Promise<void> {
    for (let count = 0; !stopped.aborted; count += 1) {
      const id = history.begin(name);
      const isDueSoon = count % 2 === 0;
      const body = complaintOf(id, isDueSoon ? 24 * HOUR - DUE_IN_MS : 60_000);
      const { body: { id: caseId } } = await insist(() => company.tell<Receipt>('intake', 'intake.clerk', '/complaints', body, id), (status) => status < 300);
      history.end(id, 'ok');
      const path = `/investigations/${caseId}`;
      await insist(() => company.ask(random.pick(INSTANCES), 'quality.officer', path), (status) => status === 200);
      // Dispatched, it would be in time.
      if (!isDueSoon) telling.push(toBoth(`${path}/site-verification`, { inspector: 'u-inspector' }, `${id}-dispatch`, true));
      telling.push(toBoth(`${path}/severity`, { severity: 'minor', reasoning: '外观无损。' }, `${id}-severity`, false));
      await pause(random.int(100, 400));
    }
  }

  async function settled(): Promise<void> {
    let before = '';
    for (const deadline = Date.now() + SETTLED_WITHIN_MS; ; await pause(200)) {
      const answers = await Promise.all((Object.keys(PLACES) as Place[]).map((place) => company.ask<DepartmentStatus>(place, 'operator', '/operations/status')));
      const statuses = answers.map(({ body }) => body);
      const open = underWay(statuses);
      const heads = statuses.map(({ head }) => head).join();
      if (open.length === 0 && heads === before) return;
      before = open.length === 0 ? heads : '';
      if (Date.now() > deadline) throw new Error(`not settled: ${open.join('; ')}`);
    }
  }

  it('answers the same from both, whoever did it', async () => {
    const closing = new AbortController();
    const load = Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(`c${n}`, closing.signal)));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const victim = company.processes[INSTANCES[kill % 2] as Place];
      await pause(random.int(300, 1_200));
      await victim.kill();
      await pause(random.int(0, 800));
      victim.start();
      await victim.untilReady();
    }
    await pause(1_000);
    closing.abort();
    await load;
    await Promise.all(telling);
    await pause(DUE_IN_MS + 2_000);
    await settled();
    const wrong = pairs.filter(({ answers: [one, other] }) => one?.status !== 200 && one?.status !== 201 || one.status !== other?.status
      || one.body.version !== other.body.version || (!one.body.repeated && !other.body.repeated));
    process.stdout.write(`two instances: ${KILLS} kills, ${history.count('ok')} complaints, ${pairs.length} commands to both\n`);
    expect(wrong.map(({ what, answers }) => `${PROBLEM}: ${what}: ${JSON.stringify(answers)}`)).toEqual([]);
    expect(pairs.length).toBeGreaterThan(KILLS);
  }, 240_000);

  it('has the same read models in both, equal to a replay', async () => {
    const rebuilt = await Promise.all(INSTANCES.map((place) => company.tell<Rebuilt>(place, 'operator', '/operations/rebuild', {}, `rebuild-${place}`)));
    const [a, b] = rebuilt.map(({ body }) => body.compared);
    expect(a?.filter(({ same }) => !same)).toEqual([]);
    expect(a).toEqual(b);
    for (const list of ['/investigations?limit=200', '/stop-sales?limit=200']) {
      const [one, other] = await Promise.all(INSTANCES.map((place) => company.ask<{ readonly items: readonly unknown[] }>(place, 'manager', list)));
      expect(one?.status).toBe(200);
      expect(one?.body.items.length).toBeGreaterThan(0);
      expect(one?.body).toEqual(other?.body);
    }
  }, 60_000);

  it('recorded every effect once, every breach once, and put nothing into quarantine', async () => {
    await company.stopServices();
    const [intake, quality] = await Promise.all([company.openLog('intake'), company.openLog('quality')]);
    const logs = [await readWholeLog(intake, operationIn), await readWholeLog(quality, () => null)] as const;
    const registered = logs[0].map((entry) => (entry.type === 'ComplaintRegistered' ? entry : { ...entry, operation: null }));
    const all = [...registered, ...logs[1]];
    const quarantined = [...await intake.quarantined(), ...await quality.quarantined()].map(({ source, index, reason }) => `${source} ${index}: ${reason}`);
    const recorded = (await quality.readLog(0, 100_000)).map(({ event }) => event);
    await Promise.all([intake.close(), quality.close()]);

    expect(quarantined).toEqual([]);
    expect([
      ...historyViolations(history.operations, registered), ...logs.flatMap(logViolations),
      ...CHAIN.slice(0, 2).flatMap((rule) => effectViolations(rule, all)), ...effectsTwice(all),
    ]).toEqual([]);
    const due = dueSince(recorded);
    expect(due.length).toBeGreaterThan(0);
    expect(breaches(recorded)).toEqual(due);
  }, 60_000);
});

/** `<stream> <clock>` of what had passed when it was set or has passed since, in order. */
function dueSince(events: readonly Recorded[]): string[] {
  const last = events.at(-1)?.recordedAt ?? '';
  return events.filter(({ type }) => type === 'DeadlinesSet').flatMap(({ stream, data }) => (data as unknown as DeadlinesSet).clocks
    .filter(({ dueAt }) => dueAt !== null && dueAt < last).map(({ clock }) => `${stream} ${clock}`)).toSorted();
}

function breaches(events: readonly Recorded[]): string[] {
  return events.filter(({ type }) => type === 'DeadlineBreached').map(({ stream, data }) => `${stream} ${(data as unknown as { clock: string }).clock}`).toSorted();
}
