import { SIM_PLANTS, type SimPlant } from './sim-plants.js';
import { simulateRange } from './sim-range.js';
import { simulate } from './simulate.js';

const PLANTS = Object.keys(SIM_PLANTS) as SimPlant[];

describe('delivery in virtual time', () => {
  it('given fifty runs of the code as it is, then nothing is violated', async () => {
    const { runs, violations, acknowledged, unknown } = await simulateRange({ seed: 'spec', from: 0, to: 50, plant: null });
    expect(violations).toEqual([]);
    expect(runs).toBe(50);
    // Runs in which nothing happens would be clean as well.
    expect(acknowledged).toBeGreaterThan(150);
    expect(unknown).toBeGreaterThan(5);
  }, 60_000);

  it('there are at least a dozen planted bugs', () => {
    expect(PLANTS.length).toBeGreaterThanOrEqual(12);
  });

  it.each(PLANTS)('%s is found within a thousand runs', async (plant) => {
    const { firstBad, violations } = await simulateRange({ seed: 'spec', from: 0, to: 1_000, plant });
    expect(firstBad).not.toBeNull();
    expect(violations).not.toEqual([]);
  }, 120_000);

  it('the same seed gives the same run, step by step', async () => {
    const traced = async (seed: string): Promise<string[]> => {
      const lines: string[] = [];
      await simulate(seed, null, (line) => lines.push(line));
      return lines;
    };
    const first = await traced('spec/7');
    expect(first.length).toBeGreaterThan(10);
    expect(await traced('spec/7')).toEqual(first);
    expect(await traced('spec/8')).not.toEqual(first);
  }, 30_000);
});
