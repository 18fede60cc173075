import {
  authorityIn, expiryOf, isExpired, isWithinLimit, limitOf, mayReject, maySign, monthOf, monthsOf, nextToSign, periodOf, stillToSign, whyNotAppoint,
  type Authority, type Deputyship, type Signature,
} from './index.js';
import { policySet } from '../shipped-policy.js';
import type { ClockTerms, TableOutcome } from '../terms.js';

const MANAGER = 'billing.after-sales-manager';
const VICE = 'billing.sales-vice-president';
const GENERAL = 'billing.general-manager';
const KNOWN = [MANAGER, VICE, GENERAL];
const inOrder: Authority = { signers: [MANAGER, VICE, GENERAL], order: 'in-order' };
const anyOrder: Authority = { ...inOrder, order: 'any-order' };
const trace = { id: 'company', version: '1', rule: 'row-1', inputs: {}, outcome: '' };
const said = (then: Record<string, string | readonly string[]>): TableOutcome => ({ determined: true, then, trace });
const signed = (position: number, signer: string, deputyFor: string | null = null): Signature =>
  ({ position, role: KNOWN[position - 1] as string, signer, deputyFor });
const deputy = (over: Partial<Deputyship> = {}): Deputyship => ({
  id: 'd-1', role: VICE, person: 'u-vice', deputy: 'u-deputy', from: '2026-03-10', to: '2026-03-12', appointedBy: 'u-vice', ended: false, ...over,
});
const asks = (id: string, role: string, over: Partial<Parameters<typeof maySign>[0]> = {}) => {
  const answer = maySign({
    authority: anyOrder, signatures: [], requester: 'u-asker', actor: { id, role }, deputyships: [], today: '2026-03-11', ...over,
  });
  return answer.may ? `${answer.position} ${answer.role}${answer.deputyship ? ` by ${answer.deputyship.id}` : ''}` : answer.why;
};

describe('P001A-04 the authority matrix', () => {
  it('names several signers with their order, or one approver as the case of one signer', () => {
    expect(authorityIn(said({ signers: [MANAGER, VICE], order: 'in-order' }), KNOWN).authority).toEqual({ signers: [MANAGER, VICE], order: 'in-order' });
    expect(authorityIn(said({ approver: MANAGER }), KNOWN).authority).toEqual({ signers: [MANAGER], order: 'any-order' });
  });

  it.each<[string, TableOutcome]>([
    ['nobody', said({ signers: [], order: 'in-order' })],
    ['several without an order', said({ signers: [MANAGER, VICE] })],
    ['an order nobody knows', said({ signers: [MANAGER, VICE], order: 'by-age' })],
    ['a role that signs nothing', said({ signers: [MANAGER, 'billing.clerk'], order: 'in-order' })],
    ['no output of that kind', said({ note: 'x' })],
    ['no row', { determined: false, why: 'no-match', trace }],
  ])('that names %s is undetermined: a person says who decides', (_, outcome) => {
    expect(authorityIn(outcome, KNOWN).authority).toBeNull();
  });
});

describe('P001A-04 who signs next', () => {
  it('in order it is the first who is left, in any order everybody who is left', () => {
    expect(nextToSign(inOrder, [signed(1, 'u-1')]).map(({ role }) => role)).toEqual([VICE]);
    expect(nextToSign(anyOrder, [signed(1, 'u-1')]).map(({ role }) => role)).toEqual([VICE, GENERAL]);
    expect(stillToSign(anyOrder, [signed(1, 'u-1'), signed(3, 'u-3'), signed(2, 'u-2')])).toEqual([]);
  });

  it('out of turn is refused in order and taken in any order', () => {
    expect(asks('u-vice', VICE, { authority: inOrder })).toBe('not-your-turn');
    expect(asks('u-vice', VICE, { authority: anyOrder })).toBe(`2 ${VICE}`);
    expect(asks('u-vice', VICE, { authority: inOrder, signatures: [signed(1, 'u-1')] })).toBe(`2 ${VICE}`);
  });

  it('a role named twice means two people of that role', () => {
    const twice: Authority = { signers: [VICE, VICE], order: 'any-order' };
    const first = { position: 1, role: VICE, signer: 'u-vice', deputyFor: null };
    expect(asks('u-vice', VICE, { authority: twice, signatures: [first] })).toBe('signed-already');
    expect(asks('u-other', VICE, { authority: twice, signatures: [first] })).toBe(`2 ${VICE}`);
  });

  it('the same person signs once, also when holding two of the roles', () => {
    expect(asks('u-1', GENERAL, { signatures: [signed(1, 'u-1')] })).toBe('signed-already');
  });

  it.each([anyOrder, inOrder])('a second holder of an office that has signed is told so, and not that the office decides: %#', (authority) => {
    const first = signed(1, 'u-1');
    expect(asks('u-other', first.role, { authority, signatures: [first] })).toBe('office-signed-already');
    expect(asks('u-clerk', 'billing.clerk', { authority, signatures: [first] })).toBe('not-a-signer');
  });

  it('the requester never signs, whatever the office', () => {
    expect(asks('u-asker', GENERAL)).toBe('requester');
    expect(asks('u-asker', 'billing.clerk')).toBe('not-a-signer');
  });

  it('whoever is named may stop it out of turn and after signing; the requester and strangers may not', () => {
    const stops = (id: string, role: string) => mayReject({ authority: inOrder, requester: 'u-asker', actor: { id, role }, deputyships: [], today: '2026-03-11' }).may;
    expect([stops('u-g', GENERAL), stops('u-1', MANAGER), stops('u-asker', MANAGER), stops('u-c', 'billing.clerk')]).toEqual([true, true, false, false]);
  });
});

describe('P001A-04 a deputy (代)', () => {
  const asDeputy = (over: Partial<Deputyship>, more: Partial<Parameters<typeof maySign>[0]> = {}) =>
    asks('u-deputy', 'billing.clerk', { deputyships: [deputy(over)], ...more });

  it('signs from the first to the last day, both included, and on no other', () => {
    expect([asDeputy({}, { today: '2026-03-10' }), asDeputy({}, { today: '2026-03-12' })]).toEqual([`2 ${VICE} by d-1`, `2 ${VICE} by d-1`]);
    expect([asDeputy({}, { today: '2026-03-09' }), asDeputy({}, { today: '2026-03-13' })]).toEqual(['deputyship-not-in-force', 'deputyship-not-in-force']);
    expect(asDeputy({ ended: true })).toBe('deputyship-not-in-force');
  });

  it('of another office or of another person\'s appointment signs nothing', () => {
    expect(asks('u-deputy', 'billing.clerk', { authority: { signers: [GENERAL], order: 'any-order' }, deputyships: [deputy()] })).toBe('not-a-signer');
    expect(asks('u-thief', 'billing.clerk', { deputyships: [deputy()] })).toBe('not-a-signer');
  });

  it('of a signer who is himself the requester is refused, and so is one whom the requester named', () => {
    expect(asDeputy({ appointedBy: 'u-m' }, { requester: 'u-vice' })).toBe('deputy-of-requester');
    expect(asDeputy({ person: null, appointedBy: 'u-asker' })).toBe('deputy-of-requester');
  });

  it('who is the requester does not sign in anybody\'s place', () => {
    expect(asDeputy({}, { requester: 'u-deputy' })).toBe('requester');
  });

  it('does not sign a second time for a person who has signed, and the person not after the deputy', () => {
    expect(asDeputy({}, { signatures: [signed(1, 'u-vice')] })).toBe('principal-signed-already');
    expect(asDeputy({}, { signatures: [signed(1, 'u-deputy')] })).toBe('signed-already');
    expect(asks('u-vice', GENERAL, { signatures: [signed(2, 'u-deputy', 'u-vice')] })).toBe('principal-signed-already');
    const twice: Authority = { signers: [VICE, VICE], order: 'any-order' };
    expect(asDeputy({}, { authority: twice, signatures: [{ position: 1, role: VICE, signer: 'u-third', deputyFor: 'u-vice' }] })).toBe('principal-signed-already');
  });

  it('of an office without a holder signs although others have signed for themselves', () => {
    expect(asDeputy({ person: null, appointedBy: 'u-m' }, { signatures: [signed(1, 'u-1')] })).toBe(`2 ${VICE} by d-1`);
  });

  it('whose first appointment is over signs by the one that is in force', () => {
    expect(asks('u-deputy', 'billing.clerk', { deputyships: [deputy({ id: 'd-0', from: '2026-02-01', to: '2026-02-02' }), deputy()] })).toBe(`2 ${VICE} by d-1`);
  });

  it('signs in the own office before in anybody\'s place', () => {
    expect(asks('u-deputy', MANAGER, { deputyships: [deputy()] })).toBe(`1 ${MANAGER}`);
  });
});

describe('P001A-04 naming a deputy', () => {
  const appoint = (over: Partial<Deputyship>, by = { id: 'u-vice', role: VICE }, roster: Deputyship[] = []) => {
    const { role, person, deputy: whom, from, to } = deputy(over);
    return whyNotAppoint({ role, person, deputy: whom, from, to }, by, 'manager', roster, '2026-03-11');
  };

  it('is for the principal and for management only', () => {
    expect(appoint({})).toBeNull();
    expect(appoint({}, { id: 'u-m', role: 'manager' })).toBeNull();
    expect(appoint({}, { id: 'u-g', role: GENERAL })).toBe('not-the-principal');
    expect(appoint({ person: 'u-other' })).toBe('not-the-principal');
    expect(appoint({}, { id: 'u-vice', role: GENERAL })).toBe('not-the-principal');
  });

  it('is never for oneself, not by management either', () => {
    expect(appoint({ deputy: 'u-vice' })).toBe('deputy-of-oneself');
    expect(appoint({ deputy: 'u-m' }, { id: 'u-m', role: 'manager' })).toBe('deputy-of-oneself');
    expect(appoint({ deputy: 'u-vice' }, { id: 'u-m', role: 'manager' })).toBe('deputy-of-oneself');
  });

  it('has dates that run forward and are not over', () => {
    expect(appoint({ from: '2026-03-12', to: '2026-03-11' })).toBe('dates-reversed');
    expect(appoint({ from: '2026-03-01', to: '2026-03-10' })).toBe('already-over');
    expect(appoint({ from: '2026-03-01', to: '2026-03-11' })).toBeNull();
    expect(appoint({ from: '2026-03-11', to: '2026-03-11' })).toBeNull();
  });

  it('makes no chain of deputies while the dates meet', () => {
    const away = deputy({ id: 'd-0', person: 'u-deputy', deputy: 'u-third' });
    expect(appoint({}, undefined, [away])).toBe('chain-of-deputies');
    expect(appoint({}, undefined, [deputy({ person: 'u-x', deputy: 'u-vice' })])).toBe('chain-of-deputies');
    expect(appoint({}, undefined, [{ ...away, to: '2026-03-10', from: '2026-03-10' }])).toBe('chain-of-deputies');
    expect(appoint({}, undefined, [{ ...away, from: '2026-03-12', to: '2026-03-20' }])).toBe('chain-of-deputies');
    expect(appoint({ from: '2026-03-11' }, undefined, [{ ...away, to: '2026-03-10' }])).toBeNull();
    expect(appoint({}, undefined, [{ ...away, ended: true }])).toBeNull();
  });
});

describe('P001A-04 limits per person and month', () => {
  it('5,000.00 of 5,000.00 passes, 5,000.01 does not', () => {
    expect(isWithinLimit(500_000, 400_001, 99_999)).toBe(true);
    expect(isWithinLimit(500_000, 400_001, 100_000)).toBe(false);
    expect(isWithinLimit(500_000, 0, 500_001)).toBe(false);
    expect(isWithinLimit(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 1)).toBe(false);
  });

  it('what is no exact whole number, or nothing that can be signed for, is over every limit', () => {
    expect([isWithinLimit(500_000, 0, -1), isWithinLimit(500_000, -1, 1), isWithinLimit(500_000, 0, 0.5)]).toEqual([false, false, false]);
    expect([isWithinLimit(Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 1), isWithinLimit(Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 0)]).toEqual([false, true]);
  });

  it('a role that is not listed is undetermined, and without a list there is no limit', () => {
    expect(limitOf({ [VICE]: 500_000 }, VICE)).toEqual({ limit: 500_000 });
    expect(limitOf({ [VICE]: 500_000 }, GENERAL)).toEqual({ limit: null, why: 'undetermined' });
    expect(limitOf({ [VICE]: 0 }, VICE)).toEqual({ limit: 0 });
    expect(limitOf({}, 'constructor')).toEqual({ limit: null, why: 'undetermined' });
    expect(limitOf(null, VICE)).toEqual({ limit: null, why: 'none' });
  });

  it('the month ends at midnight of the business zone', () => {
    const month = (instant: string) => periodOf(policySet().calendar, instant, 'month');
    expect([month('2026-03-31T15:59:59.999Z'), month('2026-03-31T16:00:00.000Z')]).toEqual(['2026-03', '2026-04']);
    expect(periodOf(policySet().calendar, '2026-12-31T16:00:00.000Z', 'year')).toBe('2027');
  });

  it('a date counts in its month, and a year has twelve of them', () => {
    expect(monthOf('2026-03-31')).toBe('2026-03');
    expect([monthsOf('2026').length, monthsOf('2026')[0], monthsOf('2026').at(-1)]).toEqual([12, '2026-01', '2026-12']);
  });
});

describe('P001A-04 expiry', () => {
  const clock = (value: number) => ({ span: { value, unit: 'day', calendar: 'wall-clock' } }) as ClockTerms;
  const due = (span: { value: number }, start: string) => (span.value > 300
    ? { at: null, unpublishedYear: 2027, owner: 'registry.clerk' } as const
    : { at: new Date(Date.parse(start) + span.value * 86_400_000).toISOString() });
  const asked = '2026-03-11T06:00:00.000Z';

  it('is the earliest of the clocks side by side, none without a clock, and undetermined beyond the published years', () => {
    expect(expiryOf([clock(3), clock(2)], { due }, asked)).toEqual({ at: '2026-03-13T06:00:00.000Z' });
    expect(expiryOf([], { due }, asked)).toEqual({ at: null });
    expect(expiryOf([clock(2), clock(301)], { due }, asked)).toEqual({ undetermined: { unpublishedYear: 2027, owner: 'registry.clerk' } });
  });

  it('the last moment before the due time is in time, the due time is not', () => {
    expect([isExpired('2026-03-13T06:00:00.000Z', '2026-03-13T05:59:59.999Z'), isExpired('2026-03-13T06:00:00.000Z', '2026-03-13T06:00:00.000Z')]).toEqual([false, true]);
    expect(isExpired(null, '2099-01-01T00:00:00.000Z')).toBe(false);
  });
});
