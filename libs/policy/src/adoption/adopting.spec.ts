import { isRefusal, type DecisionContext } from 'aftercare/kernel';
import type { PolicyBookEvent } from 'aftercare/contracts';
import { calendar } from '../calendars/testing/shanghai.js';
import { policySet, shippedAdoption, emptyPolicyBook } from '../shipped-policy.js';
import type { PolicySet } from '../policy-set.js';
import { adoptingPolicyBook, adoptionOf, POLICY_BOOK_ID, type PolicyBookCommand, type PolicyBookState } from './adopting.js';
import type { AdoptionDocument } from './document.js';
import { textOf } from './document.js';
import { firstUncovered, needsSuccessor } from './standing.js';

/** A Wednesday, 14:00 in Shanghai. */
const NOW = '2026-03-11T06:00:00.000Z';
const { decider } = adoptingPolicyBook;
const shipped = shippedAdoption();

function textWith(more: Partial<AdoptionDocument['company']>): string {
  const document = JSON.parse(shipped.document) as AdoptionDocument;
  return textOf({ ...document, company: { ...document.company, id: 'ours', validFrom: '2026-03-12', ...more } }).text;
}

const context = (now = NOW): DecisionContext<PolicySet> =>
  ({ id: POLICY_BOOK_ID, freshId: 'f', now, actor: { id: 'u-9', role: 'manager' }, policy: policySet() });

function given(...events: readonly PolicyBookEvent[]) {
  const state = events.reduce<PolicyBookState>((before, event) => decider.evolve(before, event), decider.initial);
  return (command: PolicyBookCommand, now = NOW): readonly PolicyBookEvent[] | string => {
    const decided = decider.decide(command, state, context(now));
    return isRefusal(decided) ? decided.refused : decided;
  };
}

const adopt = (text: string): PolicyBookCommand => ({ type: 'AdoptPolicy', text, why: 'decided on 10 March' });
const adopted = (text: string): PolicyBookEvent =>
  ({ type: 'PolicyAdopted', data: { ...adoptionOf(text, context()), signer: 'u-9', signerRole: 'manager', why: 'x' } });
const noted: PolicyBookEvent = { type: 'PolicyAdoptionNoted', data: shipped };

describe('adopting a policy', () => {
  it('is a fact with validity, signer, reason, every pack and the whole text', () => {
    const text = textWith({});
    expect(given(noted)(adopt(text))).toEqual([{
      type: 'PolicyAdopted',
      data: {
        adoption: 'ours@1', id: 'ours', version: 1, digest: textOf(JSON.parse(text) as AdoptionDocument).name.digest, validFrom: '2026-03-12', validTo: null,
        effectiveFrom: '2026-03-11T16:00:00.000Z', document: text, packs: shipped.packs, signer: 'u-9', signerRole: 'manager', why: 'decided on 10 March',
      },
    }]);
  });

  it('begins ten seconds after it was signed where its first day has begun, so that every department has heard of it', () => {
    expect(given(noted)(adopt(textWith({ validFrom: '2026-03-11' })))).toMatchObject([{ data: { effectiveFrom: '2026-03-11T06:00:10.000Z' } }]);
  });

  it.each([
    ['Pacific/Auckland', '2026-03-11T11:00:00.000Z'], ['Pacific/Kiritimati', '2026-03-11T10:00:00.000Z'], ['Etc/GMT+12', '2026-03-12T12:00:00.000Z'], ['Europe/Berlin', '2026-03-11T23:00:00.000Z'],
  ])('begins with its first day in %s, however far that is from UTC', (zone, begins) => {
    const policy = { ...policySet(), calendar: calendar({ zone }) };
    expect(adoptionOf(textWith({}), { now: NOW, policy }).effectiveFrom).toBe(begins);
  });

  it('does not reach back, not by one day of the business zone', () => {
    expect(given(noted)(adopt(textWith({ validFrom: '2026-03-10' })))).toBe('valid-from-past');
    // 23:59 in Shanghai is still the 11th, one minute later it is the 12th.
    expect(given(noted)(adopt(textWith({ validFrom: '2026-03-11' })), '2026-03-11T15:59:00.000Z')).toMatchObject([{ type: 'PolicyAdopted' }]);
    expect(given(noted)(adopt(textWith({ validFrom: '2026-03-11' })), '2026-03-11T16:00:00.000Z')).toBe('valid-from-past');
  });

  it('does not end before it begins', () => {
    expect(given(noted)(adopt(textWith({ validTo: '2026-03-11' })))).toBe('valid-to-before-from');
    expect(given(noted)(adopt(textWith({ validTo: '2026-03-12' })))).toMatchObject([{ type: 'PolicyAdopted' }]);
  });

  it('never changes what was adopted: the same again is nothing new, other content under the same version is refused', () => {
    const text = textWith({});
    expect(given(noted, adopted(text))(adopt(text))).toEqual([]);
    expect(given(noted, adopted(text))(adopt(textWith({ validFrom: '2026-04-01' })))).toBe('adopted-with-other-content');
    expect(given(noted, adopted(textWith({ version: 3 })))(adopt(textWith({ version: 2 })))).toBe('version-not-next');
    expect(given(noted, adopted(text))(adopt(textWith({ version: 2 })))).toMatchObject([{ data: { adoption: 'ours@2' } }]);
  });

  it('is noted by a department once, and as late when cases may have been opened meanwhile', () => {
    const { data } = adopted(textWith({}));
    const note: PolicyBookCommand = { type: 'NoteAdoption', adoption: data };
    expect(given(noted)(note)).toMatchObject([{ type: 'PolicyAdoptionNoted', data: { adoption: 'ours@1', noticedLate: false } }]);
    expect(given(noted)(note, '2026-03-11T16:00:00.001Z')).toMatchObject([{ data: { noticedLate: true } }]);
    expect(given(noted, adopted(textWith({})))(note)).toEqual([]);
    expect(given()({ type: 'NoteAdoption', adoption: shipped })).toMatchObject([{ data: { noticedLate: false } }]);
  });
});

describe('what is in force', () => {
  const book = emptyPolicyBook();
  for (const data of [shipped, adopted(textWith({})).data, adopted(textWith({ version: 2, validFrom: '2026-07-01', validTo: '2026-07-31' })).data]) book.add(data);
  const inForce = (instant: string): string => {
    const policy = book.inForce(instant);
    return policy ? `${policy.adoption.id}@${policy.adoption.version}` : 'nothing';
  };

  it('is what began last by then, to the millisecond', () => {
    expect(['2026-03-11T15:59:59.999Z', '2026-03-11T16:00:00.000Z', '2026-06-30T15:59:59.999Z', '2026-06-30T16:00:00.000Z'].map(inForce))
      .toEqual(['example@1', 'ours@1', 'ours@1', 'ours@2']);
  });
  it('is what was adopted last, also where it begins before the one it replaces, or with it', () => {
    const late = emptyPolicyBook();
    for (const data of [shipped, adopted(textWith({ validFrom: '2026-08-01' })).data, adopted(textWith({ version: 2, validFrom: '2026-07-01' })).data, adopted(textWith({ version: 3, validFrom: '2026-08-01' })).data]) late.add(data);
    expect(['2026-07-15T00:00:00.000Z', '2026-09-01T00:00:00.000Z'].map((instant) => late.inForce(instant)?.adoption.version)).toEqual([2, 3]);
  });
  it('goes back to the one before when it has ended on its last day', () => {
    const summer = emptyPolicyBook();
    for (const data of [shipped, adopted(textWith({})).data, adopted(textWith({ version: 2, validFrom: '2026-07-01', validTo: '2026-07-31' })).data]) summer.add(data);
    expect(['2026-07-31T15:59:59.999Z', '2026-07-31T16:00:00.000Z'].map((instant) => summer.inForce(instant)?.adoption.version)).toEqual([2, 1]);
  });
  it('is known once: the same again, noted by another way, changes nothing', () => {
    const twice = emptyPolicyBook();
    const first = adopted(textWith({ validFrom: '2026-03-12' })).data;
    for (const data of [shipped, first, adopted(textWith({ version: 2, validFrom: '2026-03-12' })).data, first]) twice.add(data);
    expect(twice.inForce('2026-04-01T00:00:00.000Z')?.adoption.version).toBe(2);
  });
  it('is never a document that somebody changed', () => {
    expect(() => emptyPolicyBook().add({ ...shipped, document: shipped.document.replace('"value":24', '"value":240') })).toThrow('is not the one that was adopted');
    expect(given(noted)({ type: 'NoteAdoption', adoption: { ...shipped, digest: 'ab'.repeat(32) } })).toBe('adopted-with-other-content');
  });
  it('stays in force past its end while nobody has adopted another: a clerk must be able to take a complaint down', () => {
    const ended = emptyPolicyBook();
    for (const data of [shipped, adopted(textWith({ validTo: '2026-07-31' })).data]) ended.add(data);
    expect(ended.inForce('2026-09-01T00:00:00.000Z')?.adoption.id).toBe('ours');
  });
  it('is the shipped policy before everything, and nothing in an empty book', () => {
    expect(inForce('1999-01-01T00:00:00.000Z')).toBe('example@1');
    expect(emptyPolicyBook().inForce(NOW)).toBeUndefined();
  });
  it('can be asked for by the name that a case keeps', () => {
    expect([book.kept('ours@1')?.adoption.version, book.kept('ours@9')]).toEqual([1, undefined]);
  });
});

describe('how what is in force stands', () => {
  const bookOf = (...companies: readonly Partial<AdoptionDocument['company']>[]) => {
    const book = emptyPolicyBook();
    for (const data of [shipped, ...companies.map((company) => adopted(textWith(company)).data)]) book.add(data);
    return book;
  };
  const july = { validFrom: '2026-07-01', validTo: '2026-07-31' };

  it('is told by days of the business zone: the last day ends at its midnight, not at that of the machine', () => {
    const book = bookOf({ validTo: '2026-07-31' });
    const at = (instant: string) => book.standing(instant);
    expect(at('2026-07-31T15:59:59.999Z')).toEqual({ today: '2026-07-31', adoption: 'ours@1', validTo: '2026-07-31', ended: false, endsInDays: 0, successor: null });
    expect(at('2026-07-31T16:00:00.000Z')).toEqual({ today: '2026-08-01', adoption: 'ours@1', validTo: '2026-07-31', ended: true, endsInDays: -1, successor: null });
    expect([at('2026-07-30T15:59:59.999Z')?.endsInDays, at('2026-07-30T16:00:00.000Z')?.endsInDays]).toEqual([1, 0]);
    expect([at('2026-06-30T15:59:59.999Z'), at('2026-06-30T16:00:00.000Z')].map((standing) => standing && [standing.endsInDays, needsSuccessor(standing)])).toEqual([[31, false], [30, true]]);
    expect(needsSuccessor({ ended: true, endsInDays: -400 })).toBe(true);
  });

  it.each([
    ['one without an end', [{}], null],
    ['one that a later one follows on the next day', [{ validTo: '2026-06-30' }, { version: 2, ...july }], 31],
    ['one that a later one follows for good', [{ validTo: '2026-06-30' }, { version: 2, validFrom: '2026-07-01' }], null],
    ['one that goes on beneath another', [{ validTo: '2026-12-31' }, { version: 2, validFrom: '2026-06-01', validTo: '2026-06-30' }], 184],
    ['one that another one follows a day too late', [{ validTo: '2026-06-30' }, { version: 2, validFrom: '2026-07-02' }], 0],
  ] as const)('counts the days that are left of %s', (_, companies, days) => {
    expect(bookOf(...companies).standing('2026-06-30T04:00:00.000Z')).toMatchObject({ ended: false, endsInDays: days });
  });

  it('is ended in a gap, with the last one in force, until the next one begins', () => {
    const book = bookOf({ validTo: '2026-06-30' }, { version: 2, validFrom: '2026-08-01' });
    expect(book.standing('2026-07-31T15:59:59.999Z')).toMatchObject({ adoption: 'ours@1', ended: true, endsInDays: -31, successor: { adoption: 'ours@2', from: '2026-08-01' } });
    expect(book.standing('2026-07-31T16:00:00.000Z')).toMatchObject({ adoption: 'ours@2', validTo: null, ended: false, endsInDays: null, successor: null });
  });

  it.each([
    ['the one that begins after the days that none covers', [{ validTo: '2026-06-30' }, { version: 2, validFrom: '2026-07-02' }], 'ours@2', '2026-07-02', '2026-07-01'],
    ['the first of two, whichever was adopted first', [{ validTo: '2026-06-30' }, { version: 2, validFrom: '2026-09-01' }, { version: 3, validFrom: '2026-08-01' }], 'ours@3', '2026-08-01', '2026-07-01'],
    ['the one adopted last of two that begin together', [{ validTo: '2026-06-30' }, { version: 2, validFrom: '2026-08-01' }, { version: 3, validFrom: '2026-08-01' }], 'ours@3', '2026-08-01', '2026-07-01'],
    ['the one behind the end of the next', [{ validTo: '2026-06-30' }, { version: 2, ...july }, { version: 3, validFrom: '2026-08-05' }], 'ours@3', '2026-08-05', '2026-08-01'],
  ] as const)('names %s', (_, companies, adoption, from, uncovered) => {
    const standing = bookOf(...companies).standing('2026-06-30T04:00:00.000Z');
    expect(standing).toMatchObject({ ended: false, successor: { adoption, from } });
    expect(standing && firstUncovered(standing)).toBe(uncovered);
  });

  it('has no end while only the shipped policy is there, which nobody adopted, and is nothing in an empty book', () => {
    expect(bookOf(july).standing(NOW)).toMatchObject({ adoption: 'example@1', ended: false, endsInDays: null });
    expect(emptyPolicyBook().standing(NOW)).toBeUndefined();
  });
});
