import type { PolicyStanding } from 'aftercare/policy';
import { PolicyEndWatch } from './policy-end-watch.js';

const standing = (today: string, endsInDays: number | null): PolicyStanding => ({ today, adoption: 'ours@1', validTo: '2026-07-31', ended: endsInDays !== null && endsInDays < 0, endsInDays, successor: null });

describe('the end of what is adopted', () => {
  let now: PolicyStanding | undefined;
  const said: string[] = [];
  const watch = new PolicyEndWatch({ standing: async () => now, everyMs: 60_000, alarm: { warn: (message) => said.push(message) } });
  const looks = async (seen: PolicyStanding | undefined): Promise<readonly string[]> => {
    now = seen;
    const before = said.length;
    await watch.look();
    await watch.look();
    return said.slice(before);
  };

  it('is told once a day from thirty days ahead on, and what to do', async () => {
    expect(await looks(undefined)).toEqual([]);
    expect(await looks(standing('2026-06-30', 31))).toEqual([]);
    expect(await looks(standing('2026-07-01', 30))).toEqual(['what is adopted ends in 30 days; ours@1 is in force: adopt a successor']);
    expect(await looks(standing('2026-07-31', 0))).toEqual(['what is adopted ends in 0 days; ours@1 is in force: adopt a successor']);
    expect(await looks(standing('2026-08-01', -1))).toEqual(['every adopted policy has ended, the last day was 1 days ago; ours@1 stays in force: adopt a successor']);
    expect(await looks(standing('2026-08-01', -1))).toEqual([]);
    expect(await looks(standing('2026-08-02', null))).toEqual([]);
    expect(await looks({ ...standing('2026-07-30', 1), successor: { adoption: 'ours@2', from: '2026-08-03' } }))
      .toEqual(['what is adopted ends in 1 days; ours@1 is in force: no day from 2026-08-01 on is covered until ours@2 begins on 2026-08-03: adopt one for the days between']);
  });

  it('is looked for again after a log that could not be read', async () => {
    const messages: string[] = [];
    let broken = true;
    const other = new PolicyEndWatch({
      everyMs: 5, alarm: { warn: (message) => messages.push(message) },
      standing: async () => { if (broken) throw new Error('no disk'); return standing('2026-08-01', -1); },
    });
    other.start();
    while (messages.length === 0) await new Promise((done) => setTimeout(done, 5));
    broken = false;
    while (!messages.some((message) => message.startsWith('every adopted'))) await new Promise((done) => setTimeout(done, 5));
    await other.close();
    expect(messages[0]).toBe('the end of the policy was not looked at: no disk');
  });
});
