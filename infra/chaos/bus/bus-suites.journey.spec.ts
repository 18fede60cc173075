import { runSuite } from '../run-suite.js';
import type { Suite } from '../suite.js';
import { natsKills } from './nats-kills.js';
import { network } from './network.js';

const ran = (suite: Suite, planted: string | null = null) => runSuite(suite, { seed: 'spec', scale: 0.02, planted, say: () => undefined });

describe('a bus that dies', () => {
  it('given a few kills, then the listener has dealt with everything once', async () => {
    expect(await ran(natsKills)).toMatchObject({ violations: [], broke: null, figures: [{ reached: 4 }] });
  }, 90_000);

  it.each(Object.keys(natsKills.plants))('%s is noticed', async (plant) => {
    expect((await ran(natsKills, plant)).violations).not.toEqual([]);
  }, 90_000);
});

describe('bad lines to the bus', () => {
  it('given a few windows, then the listener has dealt with everything once', async () => {
    expect(await ran(network)).toMatchObject({ violations: [], broke: null });
  }, 90_000);
});
