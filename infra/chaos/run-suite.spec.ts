import { existsSync } from 'node:fs';
import { documentOf } from './document.js';
import { catchPlants } from './plants.js';
import { printable, type ChaosResult } from './result.js';
import { isSound, passes, runSuite } from './run-suite.js';
import type { Suite } from './suite.js';

const suite = (over: Partial<Suite> = {}): Suite => ({
  name: 'pretend', about: 'nothing is done', plants: { loud: 'loses one', mute: 'loses one unseen', broken: 'ends early' },
  run: async ({ planted }) => {
    if (planted === 'broken') throw new Error('ended early');
    return {
      figures: [{ what: 'pretended kills', target: 10, reached: 3 }], acknowledged: 5, refused: 1, unknown: 0,
      violations: planted === 'loud' ? [{ rule: 'acknowledged-lost', what: 'c0-1' }] : [],
    };
  },
  ...over,
});
const options = { seed: 's', scale: 0.3, say: () => undefined };
const machine = {
  cores: 2, cpu: 'test', memoryGb: 1, system: 'linux x64', node: 'v20', sqlite: '3', nats: '2', durability: 'WAL', dataFolder: '/tmp', fileSystem: 'ext4', syncMs: 1, loadBefore: 0,
};

describe('running a suite', () => {
  it('an error in it is a finding and not the end of the run, and its folder is gone', async () => {
    let folder = '';
    const ran = await runSuite(suite({ run: async (chaos) => { folder = chaos.folder; throw new Error('no server'); } }), options);
    expect(ran).toMatchObject({ suite: 'pretend', broke: 'no server', violations: [] });
    expect(isSound(ran)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  it('too few faults fail, and so does a suite that cannot run, unless that is allowed', async () => {
    const of = (reached: number, skipped?: string) => runSuite(suite({
      run: async () => ({ figures: [{ what: 'kills', target: 10, reached }], acknowledged: 0, refused: 0, unknown: 0, violations: [], ...(skipped && { skipped }) }),
    }), options);
    const [enough, tooFew, skipped] = [await of(3), await of(2), await of(0, 'no server here')];
    expect([enough, tooFew, skipped].map((ran) => [isSound(ran), passes(ran, false), passes(ran, true)])).toEqual([[true, true, true], [false, false, false], [false, false, true]]);
    expect(printable({ seed: 's', scale: 0.3, beganAt: '', seconds: 1, machine, postgres: '', suites: [tooFew] })).toContain('too few faults: kills: 2 of 3');
  });

  it('chance depends on the seed and the suite alone', async () => {
    const numbers: number[] = [];
    const drawing = suite({ run: async ({ random }) => { numbers.push(random.int(0, 1_000_000)); return { figures: [], acknowledged: 0, refused: 0, unknown: 0, violations: [] }; } });
    for (const seed of ['a', 'a', 'b']) await runSuite(drawing, { ...options, seed });
    expect(numbers[0]).toBe(numbers[1]);
    expect(numbers[0]).not.toBe(numbers[2]);
  });

  it('a planted bug counts as caught only when a rule named it', async () => {
    const caught = await catchPlants([suite()], 's', 1, () => undefined);
    expect(Object.fromEntries(caught.map(({ plant, by }) => [plant, by]))).toEqual({ loud: ['acknowledged-lost'], mute: [], broken: [] });
  });
});

describe('telling what came out', () => {
  const resultOf = async (planted: string | null): Promise<ChaosResult> => ({
    seed: 's', scale: 0.3, beganAt: '2026-03-02T00:00:00.000Z', seconds: 1, machine, postgres: 'no PostgreSQL', suites: [await runSuite(suite(), { ...options, planted })],
  });

  it('reached stands beside the target, and what is missing is said', async () => {
    const page = documentOf(await resultOf(null));
    expect(page).toContain('| pretend | pretended kills | 10 | 3 | 5 | 1 | 0 | 0 | 0 | 0 |');
    expect(page).toContain('- pretended kills: 3 of 10.');
    expect(page).toContain('- store-kills was not part of this run.');
    expect(page).toContain('The page cache survives');
  });

  it('a loss stands in the page, on the screen, and with the command to have it again', async () => {
    const result = await resultOf('loud');
    expect(documentOf(result)).toContain('- pretend: acknowledged-lost: c0-1');
    expect(printable(result)).toContain('npm run chaos -- --seed s --scale 0.3 --only pretend');
    expect(printable(result)).not.toContain('nothing was doubled');
  });
});
