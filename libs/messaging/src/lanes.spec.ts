import { Lanes } from './lanes.js';
import { pause } from './pause.js';

describe('Lanes', () => {
  it('runs the work of one case one after the other, in the order it was given', async () => {
    const lanes = new Lanes();
    const seen: string[] = [];
    const slowFirst = [20, 5, 0].map((ms, place) => lanes.run('case-1', async () => {
      seen.push(`begin ${place}`);
      await pause(ms);
      seen.push(`end ${place}`);
    }));
    await Promise.all(slowFirst);
    expect(seen).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('does not let one case wait for another', async () => {
    const lanes = new Lanes();
    let release: () => void = () => undefined;
    const stuck = lanes.run('case-1', () => new Promise<void>(done => { release = done; }));
    await expect(lanes.run('case-2', async () => 'done')).resolves.toBe('done');
    release();
    await stuck;
  });

  it('goes on after work that failed, and keeps no trace of idle cases', async () => {
    const lanes = new Lanes();
    const failed = lanes.run('case-1', async () => { throw new Error('poison'); });
    const next = lanes.run('case-1', async () => 'done');
    await expect(failed).rejects.toThrow('poison');
    await expect(next).resolves.toBe('done');
    expect(lanes.busy).toBe(0);
  });
});
