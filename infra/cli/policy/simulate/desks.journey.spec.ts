import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openStore } from 'aftercare/event-store';
import { shippedAdoption } from 'aftercare/policy';
import { fillFrom } from '../../../scale/fill.js';
import { Generator } from '../../../scale/generator.js';

const script = fileURLToPath(new URL('fixtures/both-ways.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../../../dist/infra/cli/policy/simulate/desk-worker.js', import.meta.url));
const EVENTS = Number(process.env['SIMULATE_EVENTS'] ?? 15_000);

interface Told { readonly digest: string; readonly differences: number; readonly chunks: number; readonly inOrder: boolean }

describe('telling cases again in several threads', () => {
  let folder: string;

  beforeAll(() => {
    if (!existsSync(built)) throw new Error('threads run what is built: `npm run build` first');
  });
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'desks-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  it('comes to the same, in the same order, as one desk does; a thread that fails ends it with its reason', async () => {
    const store = await openStore('sqlite', { log: 'intake', dataDir: folder, forTransfer: true });
    await store.transfer().begin();
    await fillFrom(await Generator.create(), store.transfer(), EVENTS, () => undefined);
    await store.transfer().finish();
    await store.close();
    const { company, packs } = JSON.parse(shippedAdoption().document) as { company: { precedence: { pack: string }[] }; packs: object[] };
    writeFileSync(join(folder, 'draft.json'), JSON.stringify({ company: { ...company, precedence: company.precedence.filter(({ pack }) => pack !== 'P001E') }, packs }));

    const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, 'draft.json'), folder, '3']);
    const { one, several, failing } = JSON.parse(stdout) as { one: Told; several: Told; failing: string };
    expect(one.differences).toBeGreaterThan(500);
    expect(one.chunks).toBeGreaterThan(4);
    expect(several).toEqual(one);
    expect(several.inOrder).toBe(true);
    expect(failing).toMatch(/^LogUnreadable: there is no log .*nowhere/);
  }, 120_000);
});
