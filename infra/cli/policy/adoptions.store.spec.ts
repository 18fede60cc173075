import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../main.js';
import { gatewayDouble, type GatewayDouble } from '../spec/gateway.js';

const LIST = '/registry/policy-adoptions?sort=effectiveFrom&limit=200';
const row = (place: number, adoption: string, validFrom: string, validTo: string | null, more: object = {}) => ({
  adoption, validFrom, validTo, effectiveFrom: new Date(Date.parse(`${validFrom}T00:00:00+08:00`)).toISOString(), adoptedAt: '2026-11-01T00:00:00.000Z', signer: 'li.hua', signerRole: 'manager', why: 'decided',
  digest: 'ab'.repeat(32), packs: ['P000@1'], zone: 'Asia/Shanghai', place, ...more,
});
const shipped = row(0, 'example@1', '2020-01-01', null, { signer: null });
const gap = [shipped, row(4, 'acme@1', '2026-11-01', '2026-12-10'), row(5, 'acme@2', '2026-12-12', null, { signer: 'wang.min' })];

describe('which policies were adopted, on the command line', () => {
  let gateway: GatewayDouble;
  let dataDir: string;
  let out: string[];

  beforeEach(async () => {
    gateway = await gatewayDouble();
    dataDir = await mkdtemp(join(tmpdir(), 'aftercare-cli-adoptions-'));
    Object.assign(process.env, { AFTERCARE_URL: gateway.url, AFTERCARE_TOKEN: 'good', AFTERCARE_DATA: dataDir });
    out = [];
  });
  afterEach(async () => {
    await gateway.close();
    await rm(dataDir, { recursive: true, force: true });
    for (const name of ['AFTERCARE_URL', 'AFTERCARE_TOKEN', 'AFTERCARE_DATA']) delete process.env[name];
  });
  const given = (path: string, items: readonly object[], next: string | null = null) => gateway.answers.set(path, { status: 200, body: { items, next } });
  const adoptions = async (...args: string[]): Promise<string> => {
    out = [];
    expect(await main(['policy', 'adoptions', ...args], { out: (text) => out.push(text), err: () => {}, live: false })).toBe(0);
    return out.join('\n');
  };
  const listed = async (...args: string[]) => (await adoptions('--json', ...args)).split('\n').filter(Boolean).map((line) => JSON.parse(line) as { adoption: string; inForce: boolean });
  const named = async (...args: string[]) => (await listed(...args)).map(({ adoption, inForce }) => `${adoption}${inForce ? ' in force' : ''}`);

  it('lists them all, the newest too, as a table, for programs, as CSV and for one signer', async () => {
    const many = Array.from({ length: 230 }, (_, at) => row(at + 1, `acme@${at + 1}`, '2026-01-01', null, at === 229 ? { signer: 'last.signer' } : {}));
    given(LIST, [shipped, ...many.slice(0, 199)], 'more');
    given(`${LIST}&cursor=more`, many.slice(199));
    expect((await listed()).map(({ adoption }) => adoption)).toEqual(['example@1', ...many.map(({ adoption }) => adoption)]);
    expect((await adoptions('--csv')).split('\n')).toHaveLength(232);
    expect(await adoptions()).toContain('acme@230');
    expect(await named('--signer', 'last.signer')).toEqual(['acme@230 in force']);
  });

  it('names the one in force on a day by the rule of the departments, in a gap the last one, with what was valid', async () => {
    given(LIST, gap);
    expect(await named('--on', '2026-12-10')).toEqual(['example@1', 'acme@1 in force']);
    expect(await named('--on', '2026-12-11')).toEqual(['example@1', 'acme@1 in force']);
    expect(await named('--on', '2026-12-12')).toEqual(['example@1', 'acme@2 in force']);
    expect(await named('--on', '2026-10-31')).toEqual(['example@1 in force']);
    expect(await adoptions('--on', '2026-12-11')).toMatch(/In force on 2026-12-11[^]*acme@1 +yes/);
    expect(await adoptions('--on', '2026-12-11', '--csv')).toMatch(/inForce\nexample@1,.*,\nacme@1,.*,yes$/);
    expect(await named('--on', '2026-12-11', '--signer', 'wang.min')).toEqual([]);
  });

  it('of several that run the one adopted last is in force, whatever began last', async () => {
    given(LIST, [shipped, row(7, 'acme@2', '2026-07-01', null), row(4, 'acme@1', '2026-08-01', null)]);
    expect(await named('--on', '2026-09-01')).toEqual(['example@1', 'acme@2 in force', 'acme@1']);
  });

  it('ends a policy at midnight of its own zone', async () => {
    given(LIST, [shipped, row(4, 'acme@1', '2026-11-01', null), row(5, 'kiri@1', '2026-12-01', '2026-12-10', { zone: 'Pacific/Kiritimati' })]);
    expect(await named('--on', '2026-12-10')).toEqual(['example@1', 'acme@1 in force', 'kiri@1']);
    expect(await named('--on', '2026-12-09')).toEqual(['example@1', 'acme@1', 'kiri@1 in force']);
  });

  it('waits five seconds and no longer for a registry that hangs, and says so with code 3', async () => {
    gateway.hung.add('registry');
    const began = Date.now();
    const err: string[] = [];
    expect(await main(['policy', 'adoptions'], { out: (text) => out.push(text), err: (text) => err.push(text), live: false })).toBe(3);
    expect([out, err.join()]).toEqual([[], expect.stringMatching(/registry does not answer/)]);
    expect(Date.now() - began).toBeLessThan(12_000);
  }, 20_000);
});
