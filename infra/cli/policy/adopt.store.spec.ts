import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policyFolder } from 'aftercare/policy';
import { main } from '../main.js';
import { gatewayDouble, type GatewayDouble } from '../spec/gateway.js';

describe('adopting a policy on the command line', () => {
  let gateway: GatewayDouble;
  let dataDir: string;

  beforeEach(async () => {
    gateway = await gatewayDouble();
    dataDir = await mkdtemp(join(tmpdir(), 'aftercare-cli-adopt-'));
    Object.assign(process.env, { AFTERCARE_URL: gateway.url, AFTERCARE_TOKEN: 'good', AFTERCARE_DATA: dataDir });
  });
  afterEach(async () => {
    await gateway.close();
    await rm(dataDir, { recursive: true, force: true });
    for (const name of ['AFTERCARE_URL', 'AFTERCARE_TOKEN', 'AFTERCARE_DATA']) delete process.env[name];
  });

  it('names the version that was sent again, not the last one in the book', async () => {
    gateway.answers.set('/registry/policy-adoptions', { status: 201, body: { stage: 'renhe@5', events: [] } });
    const out: string[] = [];
    const file = join(policyFolder(), 'companies', 'example.yaml');
    const code = await main(['policy', 'adopt', '--file', file, '--name', 'li.hua', '--reason', '总经理办公会决议'], { out: (text) => out.push(text), err: (text) => out.push(text), live: false });
    expect({ code, out: out.join() }).toMatchObject({ code: 0, out: expect.stringMatching(/adopted +example@1 \(was adopted already/) as string });
    expect(out.join()).not.toContain('renhe@5');
  });

  it.each(['x', ' decided', 'a\nb c', 'y'.repeat(501)])('names the option and the rule of a reason that is none, in both languages, and sends nothing: %j', async (reason) => {
    const out: string[] = [];
    const code = await main(['policy', 'adopt', '--file', join(policyFolder(), 'companies', 'example.yaml'), '--name', 'li.hua', '--reason', reason], { out: (text) => out.push(text), err: (text) => out.push(text), live: false });
    expect([code, gateway.asked]).toEqual([2, []]);
    expect(out.join()).toMatch(/--reason must have 4 to 500 characters, no blank[^]*--reason 须为 4 至 500 个字符/);
  });

  it('says what the registry refused once', async () => {
    const message = 'must have at most 100 characters';
    gateway.answers.set('/registry/policy-adoptions', { status: 400, body: { code: 'invalid-input', detail_en: `document ${message}.`, errors: [{ field: 'document', message }] } });
    const out: string[] = [];
    await main(['policy', 'adopt', '--file', join(policyFolder(), 'companies', 'example.yaml'), '--name', 'li.hua', '--reason', '总经理办公会决议'], { out: (text) => out.push(text), err: (text) => out.push(text), live: false });
    expect(out.join().match(/at most 100/g)).toHaveLength(1);
  });

  it.each([['Valid from 2026-11-01 lies before today.', 1], ['This cannot be adopted: there is no role x 没有角色 x', 0]])('says in Chinese too what is said in English alone: %s', async (english, times) => {
    gateway.answers.set('/registry/policy-adoptions', { status: 422, body: { code: 'refused', detail_en: english, detail_zh: '有效期早于今天。' } });
    const out: string[] = [];
    const code = await main(['policy', 'adopt', '--file', join(policyFolder(), 'companies', 'example.yaml'), '--name', 'li.hua', '--reason', '总经理办公会决议'], { out: (text) => out.push(text), err: (text) => out.push(text), live: false });
    expect(code).toBe(6);
    expect(out.join('\n').split('\n').filter((line) => line === '有效期早于今天。')).toHaveLength(times);
  });

  it.each([[['--packs', policyFolder() + '/keys.yaml'], /keys\.yaml is a file: name the folder .*这是文件/], [['--packs', '/nowhere/at/all'], /there is nothing there\. 该处没有/], [['--file', policyFolder()], /is a folder: name a file in it\. 这是文件夹/]])(
    'names a path that is none, with code 2: %j', async (options, said) => {
      const out: string[] = [];
      const code = await main(['policy', 'adopt', '--file', join(policyFolder(), 'companies', 'example.yaml'), ...options, '--name', 'li.hua', '--reason', '总经理办公会决议'], { out: (text) => out.push(text), err: (text) => out.push(text), live: false });
      expect([code, out.join()]).toEqual([2, expect.stringMatching(said)]);
    });
});
