import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { main } from '../main.js';
import { gatewayDouble, type GatewayDouble } from '../spec/gateway.js';
import { statusTable, type ServiceStatus } from '../status.command.js';

const HOUR = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
const row = (number: string, since: string, more: object = {}) => ({
  caseId: 'c', number, question: 'grade', state: 'open', table: 'quality.grade_criteria', why: 'missing-input', missing: 'effect', matching: null, since, mayDecide: 'quality.head',
  decidedBy: null, outcome: null, endedBy: null, adoption: 'ours@1', ...more,
});
const ended = { today: '2026-08-01', adoption: 'ours@1', validTo: '2026-07-31', ended: true, endsInDays: -4, successor: null };

describe('what waits for a person and for the company, on the command line', () => {
  let gateway: GatewayDouble;
  let dataDir: string;
  let out: string[];
  let err: string[];

  beforeEach(async () => {
    gateway = await gatewayDouble();
    dataDir = await mkdtemp(join(tmpdir(), 'aftercare-cli-open-'));
    Object.assign(process.env, { AFTERCARE_URL: gateway.url, AFTERCARE_TOKEN: 'good', AFTERCARE_DATA: dataDir });
    const answer = (path: string, items: readonly object[], next: string | null = null) => gateway.answers.set(path, { status: 200, body: { items, next } });
    for (const name of ['registry', 'intake', 'quality', 'logistics', 'billing', 'surveys']) answer(`/${name}/open-decisions?state=open&limit=200`, []);
    answer('/quality/open-decisions?state=open&limit=200', [row('CMP-2', hoursAgo(3))], 'more');
    answer('/quality/open-decisions?state=open&limit=200&cursor=more', [row('CMP-3', hoursAgo(1))]);
    answer('/billing/open-decisions?state=open&limit=200', [row('APR-1', hoursAgo(60), { question: 'approver', why: 'several-match', missing: null, matching: 'r-1, r-2' })]);
    answer('/quality/open-decisions?state=decided&question=grade&limit=200', [row('CMP-4', hoursAgo(9), { state: 'decided', outcome: 'major', decidedBy: 'q-head' })]);
    [out, err] = [[], []];
  });
  afterEach(async () => {
    await gateway.close();
    await rm(dataDir, { recursive: true, force: true });
    for (const name of ['AFTERCARE_URL', 'AFTERCARE_TOKEN', 'AFTERCARE_DATA']) delete process.env[name];
  });
  const run = (...args: string[]): Promise<number> => main(args, { out: (text) => out.push(text), err: (text) => err.push(text), live: false });

  it('lists the decisions of all departments, page after page, the oldest first, with age, reason and who may decide', async () => {
    expect(await run('policy', 'open')).toBe(0);
    expect(out.join().match(/(APR|CMP)-\d/g)).toEqual(['APR-1', 'CMP-2', 'CMP-3']);
    expect(out.join()).toMatch(/billing +APR-1 +approver .*2 d 12 h +several-match: r-1, r-2 .*\n[^]*quality +CMP-2 +grade .*3 h 0 min +missing-input: effect +quality\.grade_criteria +ours@1 +quality\.head/);
    expect(err).toEqual([]);
  });

  it('gives programs one decision per line, and nothing where nothing waits', async () => {
    expect(await run('policy', 'open', '--json')).toBe(0);
    const lines = out.join('\n').split('\n').map((line) => JSON.parse(line) as { department: string; number: string; ageSeconds: number });
    expect(lines.map(({ department, number }) => `${department} ${number}`)).toEqual(['billing APR-1', 'quality CMP-2', 'quality CMP-3']);
    expect(lines[0]?.ageSeconds).toBeGreaterThanOrEqual(60 * 3_600);
    out = [];
    expect(await run('policy', 'open', '--json', '--department', 'surveys')).toBe(0);
    expect(out).toEqual([]);
  });

  it('shows who decided what when asked', async () => {
    expect(await run('policy', 'open', '--department', 'quality', '--state', 'decided', '--question', 'grade')).toBe(0);
    expect(out.join()).toMatch(/CMP-4 .*major, q-head/);
  });

  it('names who did not answer, with code 3, and a state that there is not', async () => {
    gateway.away.add('logistics');
    expect(await run('policy', 'open')).toBe(3);
    expect(out.join()).toContain('APR-1');
    expect(err.join()).toMatch(/incomplete: logistics/);
    expect(await run('policy', 'open', '--state', 'closed')).toBe(2);
  });

  it('says beside the adoptions that all of them have ended and what to do', async () => {
    gateway.answers.set('/registry/policy-adoptions?sort=effectiveFrom&limit=200', { status: 200, body: { items: [], next: null } });
    gateway.answers.set('/registry/operations/status', { status: 200, body: { policy: ended } });
    expect(await run('policy', 'adoptions', '--json')).toBe(0);
    expect(err.join()).toMatch(/Everything that was adopted has ended, its last day was 4 days ago; ours@1 stays in force.*Adopt a successor: aftercare policy adopt/);
    err = [];
    gateway.answers.set('/registry/operations/status', { status: 200, body: { policy: { ...ended, ended: false, endsInDays: 31 } } });
    expect([await run('policy', 'adoptions'), err]).toEqual([0, []]);
    gateway.answers.set('/registry/operations/status', { status: 200, body: { policy: { ...ended, ended: false, endsInDays: 30 } } });
    expect([await run('policy', 'adoptions'), err]).toEqual([0, [expect.stringMatching(/ends in 30 days and nothing follows; ours@1 is in force\. Adopt a successor.*\n已采用的政策将于 30 天后失效，之后没有后续政策；现行 ours@1。请采用后续政策/)]]);
  });

  it('names the gap where a successor begins after it: its first day and the successor with its own', async () => {
    const answer = (policy: object) => gateway.answers.set('/registry/operations/status', { status: 200, body: { policy } });
    gateway.answers.set('/registry/policy-adoptions?sort=effectiveFrom&limit=200', { status: 200, body: { items: [], next: null } });
    const successor = { adoption: 'acme@2', from: '2026-12-12' };
    answer({ today: '2026-12-05', adoption: 'acme@1', validTo: '2026-12-10', ended: false, endsInDays: 5, successor });
    expect(await run('policy', 'adoptions')).toBe(0);
    expect(err.join()).toMatch(/ends in 5 days; no day from 2026-12-11 on is covered until acme@2 begins on 2026-12-12; acme@1 is in force\. Adopt one for the days between: .*\n已采用的政策将于 5 天后失效，自 2026-12-11 起没有政策，直至 acme@2 于 2026-12-12 生效；现行 acme@1。/);
    err = [];
    answer({ today: '2026-12-11', adoption: 'acme@1', validTo: '2026-12-10', ended: true, endsInDays: -1, successor });
    expect(await run('policy', 'adoptions')).toBe(0);
    expect(err.join()).toMatch(/has ended, yesterday was its last day; no day from 2026-12-11 on is covered until acme@2 begins on 2026-12-12; acme@1 stays in force/);
    expect(err.join()).not.toMatch(/nothing follows/);
  });

  it('one department that hangs is named, and the rows of the others are shown, with code 3', async () => {
    gateway.hung.add('logistics');
    expect(await run('policy', 'open')).toBe(3);
    expect(out.join().match(/(APR|CMP)-\d/g)).toEqual(['APR-1', 'CMP-2', 'CMP-3']);
    expect(err.join()).toMatch(/incomplete: logistics did not answer/);
    out = [];
    expect([await run('policy', 'open', '--department', 'logistics'), out]).toEqual([3, []]);
  }, 14_000);

  it.each([['aprover', /--question is major, .*approver .*not "aprover"; did you mean approver\?/], ['signature', /signature:STEP:SIGNER/], ['grade:x', /not "grade:x"/], ['signature:review', /not "signature:review"/], ['', /not ""/]])('a question that nothing asks is refused, not answered with nothing: %s', async (question, said) => {
    expect(await run('policy', 'open', '--question', question)).toBe(2);
    expect([out, err.join()]).toEqual([[], expect.stringMatching(said)]);
    expect(gateway.asked).toEqual([]);
  });

  it('shows in the status how many wait and how long, and once for all departments that the policy has ended', () => {
    const now = Date.parse('2026-08-01T00:00:00.000Z');
    const numbers = { events: 1, lag: 0, quarantined: 0, setBack: [], waitsFor: [], openDecisions: { open: 0, oldestSince: null }, policy: ended };
    const service = (name: string, more: object = {}): ServiceStatus => ({ service: name, url: `http://${name}`, pid: 1, ready: true, why: '', numbers: { ...numbers, ...more } });
    const shown = stripVTControlCharacters(statusTable({ dataDir: '/d', startedAt: '2026-07-31T00:00:00.000Z' } as Parameters<typeof statusTable>[0], [
      service('intake', { openDecisions: { open: 3, oldestSince: '2026-07-29T20:00:00.000Z' } }), service('quality', { openDecisions: null }), service('billing', { policy: { ...ended, ended: false, endsInDays: null } }),
    ], now));
    expect(shown).toMatch(/intake +ready +1 +0 +0 +3, oldest 2 d 4 h/);
    expect(shown).toMatch(/quality +ready +1 +0 +0 +- +http/);
    expect(shown).toMatch(/billing +ready +1 +0 +0 +0 +http/);
    expect(shown.match(/Everything that was adopted has ended/g)).toHaveLength(1);
    expect(shown).toContain('(intake, quality): Everything');
  });
});
