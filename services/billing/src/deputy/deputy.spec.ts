import type { DeputyEvent } from 'aftercare/contracts';
import type { Actor } from 'aftercare/kernel';
import { everyPair, given, recorded } from 'aftercare/testing';
import { deputies } from './deputy.decide.js';
import { rosterId, type DeputyCommand } from './deputy.js';
import { deputyView, type DeputyRow } from './deputy.view.js';

const VICE: Actor = { id: 'u-vp', role: 'billing.sales-vice-president' };
const MANAGEMENT: Actor = { id: 'u-m', role: 'manager' };
const appoint = (over: Partial<Extract<DeputyCommand, { type: 'AppointDeputy' }>> = {}): DeputyCommand =>
  ({ type: 'AppointDeputy', forRole: 'sales-vice-president', deputy: 'u-clerk', from: '2026-03-11', to: '2026-03-20', ...over });
const by = (command: DeputyCommand, actor: Actor, ...history: readonly DeputyEvent[]) => given(deputies, ...history).when(command, { actor, freshId: 'd-1' });
const appointed = by(appoint(), VICE).events as DeputyEvent[];
const end: DeputyCommand = { type: 'EndDeputyship', deputyship: 'd-1' };

describe('P001A-04 naming a deputy (代)', () => {
  it('the holder of the office names one for himself; the office and the dates are on record', () => {
    expect(by(appoint(), VICE).events).toMatchObject([{
      type: 'DeputyAppointed',
      data: { deputyship: 'd-1', role: 'sales-vice-president', person: 'u-vp', deputy: 'u-clerk', from: '2026-03-11', to: '2026-03-20', appointedBy: 'u-vp' },
    }]);
  });

  it('management names one for an office, with a holder or without', () => {
    expect(by(appoint(), MANAGEMENT).events).toMatchObject([{ data: { person: null, appointedBy: 'u-m' } }]);
    expect(by(appoint({ forPerson: 'u-vp' }), MANAGEMENT).events).toMatchObject([{ data: { person: 'u-vp' } }]);
  });

  it('nobody else, not for another office, not for another person, and never for or by oneself', () => {
    expect(by(appoint(), { id: 'u-clerk', role: 'billing.clerk' }).refused).toBe('not-the-principal');
    expect(by(appoint({ forRole: 'general-manager' }), VICE).refused).toBe('not-the-principal');
    expect(by(appoint({ forPerson: 'u-vp2' }), VICE).refused).toBe('not-the-principal');
    expect(by(appoint({ deputy: 'u-vp' }), VICE).refused).toBe('deputy-of-oneself');
    expect(by(appoint({ deputy: 'u-m' }), MANAGEMENT).refused).toBe('deputy-of-oneself');
  });

  it('the last day is today in the business zone or later', () => {
    expect(by(appoint({ from: '2026-03-01', to: '2026-03-11' }), VICE).refused).toBeNull();
    expect(given(deputies).when(appoint({ to: '2026-03-11' }), { actor: VICE, now: '2026-03-11T16:00:00.000Z' }).refused).toBe('already-over');
    expect(by(appoint({ from: '2026-03-12', to: '2026-03-11' }), VICE)).toMatchObject({ refused: 'dates-reversed', field: 'to' });
  });

  it('who deputises cannot be deputised for', () => {
    expect(by(appoint({ forPerson: 'u-clerk', deputy: 'u-x' }), MANAGEMENT, ...appointed).refused).toBe('chain-of-deputies');
    expect(by(appoint({ forPerson: 'u-x', deputy: 'u-vp' }), MANAGEMENT, ...appointed).refused).toBe('chain-of-deputies');
  });
});

describe('P001A-04 ending a deputyship', () => {
  it('is for the principal, the deputy and management, once', () => {
    for (const actor of [VICE, MANAGEMENT, { id: 'u-clerk', role: 'billing.clerk' }]) expect(by(end, actor, ...appointed).types).toEqual(['DeputyshipEnded']);
    expect(by(end, { id: 'u-x', role: 'billing.clerk' }, ...appointed).refused).toBe('not-the-principal');
    const ended = by(end, VICE, ...appointed).events as DeputyEvent[];
    expect(by(end, VICE, ...appointed, ...ended).types).toEqual([]);
    expect(by({ type: 'EndDeputyship', deputyship: 'd-9' }, VICE, ...appointed).refused).toBe('unknown-deputyship');
  });

  it('the list shows one row per deputyship', () => {
    const stream = `deputy-${rosterId('sales-vice-president')}`;
    const events = [...appointed, ...by(end, VICE, ...appointed).events as DeputyEvent[]].map((event) => recorded(stream, event));
    expect(events.map((event) => deputyView.key(event))).toEqual(['d-1', 'd-1']);
    const row = events.reduce<DeputyRow | null>((before, event) => deputyView.fold(before, event), null);
    expect(row).toMatchObject({ roster: rosterId('sales-vice-president'), deputy: 'u-clerk', to: '2026-03-20', endedAt: expect.any(String) as string });
  });

  it('answers every stage x command pair', () => {
    expect(everyPair(deputies, { new: [], open: appointed }, [appoint(), end])).toEqual({
      new: { AppointDeputy: 'not-the-principal', EndDeputyship: 'unknown-deputyship' },
      open: { AppointDeputy: 'not-the-principal', EndDeputyship: 'not-the-principal' },
    });
  });
});
