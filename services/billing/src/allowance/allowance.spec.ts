import type { AllowanceEvent } from 'aftercare/contracts';
import { cny } from 'aftercare/kernel';
import { everyPair, given, recorded } from 'aftercare/testing';
import { allowance } from './allowance.decide.js';
import { allowanceId, sumOf, type AllowanceCommand } from './allowance.js';
import { allowanceView, type AllowanceRow } from './allowance.view.js';

const of = (signature: string) => ({ person: 'u-vp', period: '2026-03', approval: `a-${signature}`, signature });
const take = (signature: string, minor: number): AllowanceCommand => ({ type: 'TakeAllowance', ...of(signature), role: 'sales-vice-president', amount: cny(minor), limit: cny(500_000) });
const release = (signature: string): AllowanceCommand => ({ type: 'ReleaseAllowance', ...of(signature) });

function after(...commands: readonly AllowanceCommand[]) {
  let history: AllowanceEvent[] = [];
  let row: AllowanceRow | null = null;
  const said = commands.map((command) => {
    const then = given(allowance, ...history).when(command);
    history = [...history, ...then.events as AllowanceEvent[]];
    for (const event of then.events as AllowanceEvent[]) row = allowanceView.fold(row, recorded(`allowance-${allowanceId('u-vp', '2026-03')}`, event));
    return then.types.join(' ') || 'nothing';
  });
  return { said, sum: sumOf(given(allowance, ...history).state.own), row: row as AllowanceRow | null };
}

describe('P001A-04 what one person signs for in a month', () => {
  it('may reach the limit of 5,000.00 and not 5,000.01', () => {
    expect(after(take('1', 400_001), take('2', 99_999))).toMatchObject({ said: ['AllowanceTaken', 'AllowanceTaken'], sum: 500_000 });
    expect(after(take('1', 400_001), take('2', 100_000))).toMatchObject({ said: ['AllowanceTaken', 'AllowanceExceeded'], sum: 400_001 });
  });

  it('of two signatures at once the second sees the first, whichever comes first', () => {
    for (const [first, second] of [['1', '2'], ['2', '1']] as const) {
      expect(after(take(first, 300_000), take(second, 300_000)).said).toEqual(['AllowanceTaken', 'AllowanceExceeded']);
    }
  });

  it('a signature is asked about once, and its answer stands', () => {
    expect(after(take('1', 300_000), take('1', 300_000))).toMatchObject({ said: ['AllowanceTaken', 'nothing'], sum: 300_000 });
    expect(after(take('0', 400_000), take('1', 300_000), release('0'), take('1', 300_000)).said).toEqual(['AllowanceTaken', 'AllowanceExceeded', 'AllowanceReleased', 'nothing']);
  });

  it('what came to nothing is given back once, also when that is heard first', () => {
    expect(after(take('1', 300_000), release('1'), release('1'), take('2', 300_000))).toMatchObject({
      said: ['AllowanceTaken', 'AllowanceReleased', 'nothing', 'AllowanceTaken'], sum: 300_000,
    });
    expect(after(release('1'), take('1', 300_000))).toMatchObject({ said: ['AllowanceReleased', 'nothing'], sum: 0 });
  });

  it('another person and another month have another sum', () => {
    expect(new Set([allowanceId('u-vp', '2026-03'), allowanceId('u-vp', '2026-04'), allowanceId('u-gm', '2026-03')]).size).toBe(3);
  });

  it('the list shows the sum, the limit and what was refused', () => {
    expect(after(take('1', 300_000), take('2', 300_000), take('3', 100_000), release('1')).row)
      .toMatchObject({ person: 'u-vp', period: '2026-03', taken: 100_000, limit: 500_000, refused: 1 });
  });

  it('answers every stage x command pair', () => {
    const opened = given(allowance).when(take('0', 1)).events as AllowanceEvent[];
    const taken = { TakeAllowance: 'AllowanceTaken', ReleaseAllowance: 'AllowanceReleased' };
    expect(everyPair(allowance, { new: [], open: opened }, [take('1', 1), release('2')])).toEqual({ new: taken, open: taken });
  });
});
