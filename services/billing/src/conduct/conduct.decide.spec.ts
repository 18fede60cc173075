import type { ConductEvent } from 'aftercare/contracts';
import { cny, type Actor } from 'aftercare/kernel';
import { everyPair, given, recorded } from 'aftercare/testing';
import { conduct } from './conduct.decide.js';
import type { ConductCommand } from './conduct.js';
import { conductView, type ConductRow } from './conduct.view.js';

const HEAD: Actor = { id: 'u-head', role: 'billing.after-sales-manager' };
const named = (person = 'u-engineer', awareAt = '2026-03-10T06:00:00.000Z'): ConductCommand => ({ type: 'NoteComplainedOf', person, awareAt, event: 'e-1' });
const found = (valid = true): ConductCommand => ({ type: 'NoteValidity', valid, event: 'e-2' });
const late = (clock = 'P001E/complaint.implement'): ConductCommand => ({ type: 'NoteLateImplementation', clock, dueAt: '2026-03-10T06:00:00.000Z', event: 'e-3' });
const record = (over: Partial<Extract<ConductCommand, { type: 'RecordFault' }>> = {}): ConductCommand =>
  ({ type: 'RecordFault', person: 'u-engineer', cause: 'negligence', happenedOn: '2026-03-11', grave: false, account: '漏检', ...over });

function after(...commands: readonly ConductCommand[]) {
  let history: ConductEvent[] = [];
  let row: ConductRow | null = null;
  const said = commands.map((command) => {
    const then = given(conduct, ...history).when(command, { actor: HEAD, freshId: 'f-1' });
    history = [...history, ...then.events as ConductEvent[]];
    for (const event of then.events as ConductEvent[]) {
      const entry = recorded('conduct-c-1', event);
      if (conductView.key(entry) !== null) row = conductView.fold(row, entry);
    }
    return then.refused ?? (then.types.join(' ') || 'nothing');
  });
  return { said, last: said.at(-1), history, row: row as ConductRow | null };
}

describe('P003-38 P003-39 a complaint against a person', () => {
  it('counts once it is valid, and once only', () => {
    expect(after(named(), found(), found(), named('u-other')).said).toEqual(['ComplainedOfNoted', 'ComplaintUpheldAgainst', 'nothing', 'nothing']);
    expect(after(named(), found(false), found()).said).toEqual(['ComplainedOfNoted', 'nothing', 'ComplaintUpheldAgainst']);
  });

  it('counts in the month in which the company learned of it, in the business zone', () => {
    const period = (awareAt: string) => after(named('u-1', awareAt), found()).history.at(-1)?.data;
    expect([period('2026-02-28T15:59:59.999Z'), period('2026-02-28T16:00:00.000Z')]).toMatchObject([{ period: '2026-02', basis: ['e-2'] }, { period: '2026-03' }]);
  });

  it('of a case that is about nobody nothing is kept', () => {
    expect(after(found()).said).toEqual(['nothing']);
  });
});

describe('P001E-42 P001E-45 P002B-41 whose fault it was', () => {
  it('late implementation waits for a person to be named, once for each missed clock', () => {
    expect(after(late(), late())).toMatchObject({ said: ['LateImplementationNoted', 'nothing'], row: { stage: 'late', clocks: ['P001E/complaint.implement'] } });
    const then = after(late(), record({ cause: 'late-implementation' }), record({ cause: 'late-implementation' }));
    expect(then).toMatchObject({ said: ['LateImplementationNoted', 'FaultRecorded', 'not-late'], row: { stage: 'recorded', clocks: [], person: 'u-engineer' } });
    expect(then.history.at(-1)).toMatchObject({ data: { basis: ['e-3'], recordedBy: HEAD.id } });
  });

  it('is recorded by another person, for a day that has come, with the loss and in sealed words', () => {
    expect(after(record({ loss: cny(5_000) })).history).toMatchObject([{
      type: 'FaultRecorded', data: { fault: 'f-1', period: '2026-03', loss: cny(5_000), recordedBy: HEAD.id, subject: 'f-1' }, personal: { fields: { account: '漏检' } },
    }]);
    expect(after(record({ person: HEAD.id })).last).toBe('separation-of-duties');
    expect([after(record({ happenedOn: '2026-03-12' })).last, after(record({ happenedOn: '2026-03-11' })).last]).toEqual(['not-happened-yet', 'FaultRecorded']);
  });

  it('answers every stage x command pair', () => {
    const open = after(named()).history;
    expect(everyPair(conduct, { new: [], open }, [named('u-2'), found(), late(), record()])).toEqual({
      new: { NoteComplainedOf: 'ComplainedOfNoted', NoteValidity: 'nothing', NoteLateImplementation: 'LateImplementationNoted', RecordFault: 'FaultRecorded' },
      open: { NoteComplainedOf: 'ComplainedOfNoted', NoteValidity: 'ComplaintUpheldAgainst', NoteLateImplementation: 'LateImplementationNoted', RecordFault: 'FaultRecorded' },
    });
  });
});
