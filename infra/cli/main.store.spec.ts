import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseNumber } from 'aftercare/kernel';
import { main } from './main.js';
import { event } from './spec/event.js';
import { gatewayDouble, type GatewayDouble } from './spec/gateway.js';

const CASE = '01890000-0000-7000-8000-000000000001';
const NUMBER = caseNumber('CMP', CASE);

describe('the command line against a gateway stand-in', () => {
  let gateway: GatewayDouble;
  let dataDir: string;
  let out: string[];
  let err: string[];

  beforeEach(async () => {
    gateway = await gatewayDouble();
    dataDir = await mkdtemp(join(tmpdir(), 'aftercare-cli-'));
    Object.assign(process.env, { AFTERCARE_URL: gateway.url, AFTERCARE_TOKEN: 'good', AFTERCARE_DATA: dataDir });
    gateway.logs['intake'] = [
      event({ index: 0, type: 'ComplaintRegistered', correlationId: 'another' }),
      event({ index: 1, version: 0, type: 'ComplaintRegistered', correlationId: CASE }),
      event({ index: 2, version: 1, type: 'ComplaintClassified', correlationId: CASE, data: { class: 'service' } }),
    ];
    gateway.logs['quality'] = [event({ log: 'quality', index: 0, stream: 'investigation-x', type: 'InvestigationOpened', correlationId: CASE, causationId: 'intake-2' })];
    gateway.answers.set(`/intake/complaints?number=${NUMBER}`, { status: 200, body: { items: [{ key: CASE, number: NUMBER }], next: null } });
    gateway.answers.set('/quality/operations/status', { status: 200, body: { head: 1 } });
    [out, err] = [[], []];
  });
  afterEach(async () => {
    await gateway.close();
    await rm(dataDir, { recursive: true, force: true });
    for (const name of ['AFTERCARE_URL', 'AFTERCARE_TOKEN', 'AFTERCARE_DATA']) delete process.env[name];
  });

  const run = (...args: string[]): Promise<number> =>
    main(args, { out: (text) => out.push(text), err: (text) => err.push(text), live: false });
  const json = () => JSON.parse(out.join('\n')) as Record<string, unknown> & { events: { id: string }[] };

  it('replays a case by its number over all departments', async () => {
    expect(await run('replay', NUMBER, '--json')).toBe(0);
    expect(json()).toMatchObject({ caseId: CASE, missing: [], summary: { stage: 'under investigation', class: 'service' } });
    expect(json().events.map(({ id }) => id)).toEqual(['intake-1', 'intake-2', 'quality-0']);
  });

  it('names both when two cases share a number', async () => {
    gateway.answers.set('/intake/complaints?number=CMP-2026-AAAA-AAAA', { status: 200, body: { items: [{ key: 'one' }, { key: 'two' }], next: null } });
    expect(await run('replay', 'cmp-2026-aaaa-aaaa')).toBe(2);
    expect(err.join()).toMatch(/one, two/);
  });

  it('replays what there is and ends with 3 when a department is away, naming it', async () => {
    gateway.away.add('quality');
    expect(await run('replay', CASE)).toBe(3);
    expect(out.join()).toContain('投诉分类 ComplaintClassified');
    expect(err.join()).toMatch(/incomplete: quality did not answer/);
  });

  it('counts a department that the gateway does not know as missing, not as empty', async () => {
    gateway.answers.set(`/surveys/cases/${CASE}/events?from=0&limit=200`, { status: 404, body: { code: 'no-such-department', detail_en: 'There is no such department.' } });
    expect(await run('replay', CASE, '--json')).toBe(3);
    expect(json()['missing']).toEqual(['surveys']);
  });

  it('reads a long case page by page', async () => {
    gateway.logs['intake'] = Array.from({ length: 450 }, (_, index) => event({ index, correlationId: CASE }));
    await run('replay', CASE, '--json');
    expect(json().events).toHaveLength(451);
  });

  it.each([
    [['replay', 'CMP-2026-0000-0009'], 4, /no case CMP-2026-0000-0009/],
    [['replay', 'XYZ-2026-0000-0001'], 2, /neither a case id nor a number/],
    [['case', 'show', 'unknown-id'], 4, /no department knows/],
    [['replay', CASE, '--version', '7'], 2, /from 0 to 1/],
    [['replay', CASE, '--at', 'noon'], 2, /not a time/],
    [['replay', 'a b'], 2, /neither a case id nor a number/],
    [['tail', '--from', 'nowhere'], 2, /intake:120/],
    [['rebuild', 'kitchen'], 2, /no department kitchen/],
    [['case', 'list', '--limit', '0'], 2, /--limit/],
    [['case', 'list', '--where', 'stage'], 2, /column=value/],
    [['quarantine', 'retry', 'quality', 'intake', 'x'], 2, /INDEX/],
    [['quarantine', 'retry', 'quality', 'intake'], 2, /--all/],
    [['up', '--ports', 'some'], 2, /--ports/],
    [['frobnicate'], 2, /unknown command/],
    [['replay'], 2, /missing required argument/],
    [['status'], 5, /nothing runs/],
  ])('%j ends with %d and says what to do', async (args, code, words) => {
    expect(await run(...args)).toBe(code);
    expect(err.join('\n')).toMatch(words);
    expect(err.join('\n')).not.toMatch(/\n\s+at /);
  });

  it('says that nothing runs when the gateway is away', async () => {
    process.env['AFTERCARE_URL'] = 'http://127.0.0.1:9';
    expect(await run('case', 'list')).toBe(5);
    expect(err.join()).toMatch(/cannot be reached.*aftercare up/);
  });

  it('names the remedy for a refused token', async () => {
    process.env['AFTERCARE_TOKEN'] = 'bad';
    expect(await run('case', 'list')).toBe(6);
    expect(err.join()).toMatch(/The token is not valid.*aftercare token/);
  });

  it('lists cases with filters over several pages', async () => {
    gateway.answers.set('/intake/complaints?stage=closed&limit=3', { status: 200, body: { items: [{ number: 'CMP-1', stage: 'closed' }, { number: 'CMP-2', stage: 'closed' }], next: 'c2' } });
    gateway.answers.set('/intake/complaints?stage=closed&limit=1&cursor=c2', { status: 200, body: { items: [{ number: 'CMP-3', stage: 'closed' }], next: null } });
    expect(await run('case', 'list', '--stage', 'closed', '--limit', '3')).toBe(0);
    expect(out.join().match(/CMP-\d/g)).toEqual(['CMP-1', 'CMP-2', 'CMP-3']);
  });

  it('tails from a position to the end and prints where to go on', async () => {
    expect(await run('tail', '--from', 'intake:1,quality:0', '--no-follow', '--json')).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['intake-1', 'intake-2', 'quality-0']);
    expect(err.join()).toContain('--from intake:3,quality:1');
  });

  it('tails the others where one department hangs, names it, and says how to go on without losing it, with code 3', async () => {
    gateway.hung.add('quality');
    expect(await run('tail', '--from', 'intake:1,quality:0', '--no-follow', '--json')).toBe(3);
    expect(out.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['intake-1', 'intake-2']);
    expect(err.join()).toMatch(/quality does not answer; its events follow.*--from intake:3,quality:0.*incomplete: quality did not answer/s);
    err.length = 0;
    expect(await run('tail', '--department', 'intake,quality', '--no-follow')).toBe(3);
    expect(err.join()).toMatch(/quality does not answer; it is followed from its first answer on.*--from intake:3\n?,?Not in it, because they never answered: quality; add them, such as quality:0/s);
  }, 20_000);

  it('tails only the events of a case and type', async () => {
    await run('tail', '--from', 'start', '--case', CASE, '--type', 'ComplaintRegistered', '--no-follow');
    expect(out).toHaveLength(1);
    expect(out[0]).toContain('intake:1');
  });

  it('reports a rebuild, and fails when the rows before it were wrong', async () => {
    gateway.answers.set('/quality/operations/rebuild', { status: 200, body: { events: 1_000, seconds: 0.5, compared: [{ view: 'investigations', same: true }] } });
    expect(await run('rebuild', 'quality')).toBe(0);
    expect(out[0]).toBe('quality is rebuilt from 1000 events in 0.5 s, 2000 events/s; 1 read models compared.');
    gateway.answers.set('/quality/operations/rebuild', { status: 200, body: { events: 1, seconds: 1, compared: [{ view: 'investigations', same: false }] } });
    expect(await run('rebuild', 'quality')).toBe(1);
  });

  it('goes back to the rows before a rebuild, and says where the two differ', async () => {
    gateway.answers.set('/quality/operations/rollback', { status: 200, body: { position: 1_000, events: 12, seconds: 0.1, compared: [{ view: 'investigations', same: false }] } });
    expect(await run('rebuild', 'quality', '--rollback')).toBe(0);
    expect(out[0]).toBe('quality is back on the read models kept so far, level at event 1000 after 12 that they had missed. They differ from what was live in investigations.');
    gateway.answers.set('/quality/operations/rollback', { status: 409, body: { code: 'nothing-kept', detail: 'nothing is kept' } });
    expect(await run('rebuild', 'quality', '--rollback')).not.toBe(0);
    gateway.answers.set('/quality/operations/rollback/discard', { status: 200, body: { discarded: 3 } });
    expect(await run('rebuild', 'quality', '--discard')).toBe(0);
    expect(out.at(-1)).toBe('quality gave up 3 kept read models.');
    expect(await run('rebuild', 'quality', '--discard', '--rollback')).toBe(2);
  });

  it('lists what is in quarantine, and names who did not answer', async () => {
    for (const name of ['registry', 'intake', 'logistics', 'billing']) gateway.answers.set(`/${name}/operations/quarantine`, { status: 200, body: { items: [] } });
    gateway.answers.set('/quality/operations/quarantine', { status: 200, body: { items: [{ source: 'intake', index: 42, type: 'ComplaintRegistered', reason: 'no policy', at: '2026-03-01T01:00:00.000Z', ageSeconds: 7_200, sha256: 'ab'.repeat(32) }] } });
    gateway.away.add('surveys');
    expect(await run('quarantine', 'list')).toBe(3);
    expect(out.join()).toMatch(/quality +intake +42 +ComplaintRegistered .*2 h 0 min +abababababab +no policy/);
    expect(err.join()).toMatch(/incomplete: surveys/);
  });

  it('retries one of them, and fails while its cause is there', async () => {
    const path = '/quality/operations/quarantine/intake/42/retry';
    gateway.answers.set(path, { status: 200, body: { outcome: 'still-failing', reason: 'no policy' } });
    expect(await run('quarantine', 'retry', 'quality', 'intake', '42')).toBe(1);
    expect(err.join()).toMatch(/still cannot.*no policy/);
    gateway.answers.set(path, { status: 200, body: { outcome: 'done' } });
    expect(await run('quarantine', 'retry', 'quality', 'intake', '42')).toBe(0);
    expect(gateway.asked).toContain(`POST ${path}`);
  });

  it('shows one, retries all of a source and lets a person answer for dropping one', async () => {
    const path = '/quality/operations/quarantine/intake';
    gateway.answers.set(`${path}/42`, { status: 200, body: { source: 'intake', index: 42, sha256: 'ab', text: '{"personal":"sealed"}' } });
    expect(await run('quarantine', 'show', 'quality', 'intake', '42')).toBe(0);
    expect(out.join()).toMatch(/sha256: ab[^]*sealed/);
    gateway.answers.set(`${path}/retry`, { status: 200, body: { done: 3, stillFailing: [{ index: 42, reason: 'no policy' }] } });
    expect(await run('quarantine', 'retry', 'quality', 'intake', '--all')).toBe(1);
    expect(out.join()).toMatch(/dealt with 3[^]*42 still fails: no policy/);
    gateway.answers.set(`${path}/42/drop`, { status: 200, body: { outcome: 'dropped', index: 7 } });
    const drop = ['quarantine', 'drop', 'quality', 'intake', '42', '--sha256', 'ab', '--reason', 'known duplicate'];
    expect(await run(...drop)).toBe(2);
    expect(await run(...drop, '--name', 'wang.min')).toBe(0);
    expect(out.join()).toMatch(/wang\.min answers for it is event 7/);
    expect(gateway.asked).toContain(`POST ${path}/42/drop`);
  });

  it.each(['up', 'down', 'status', 'token', 'import', 'case list', 'case show', 'replay', 'tail', 'rebuild', 'quarantine list', 'quarantine show', 'quarantine retry', 'quarantine drop'])('%s explains itself with examples', async (name) => {
    expect(await run(...name.split(' '), '--help')).toBe(0);
    expect(out.join('\n')).toMatch(/Examples:\n\s+aftercare/);
  });
});
