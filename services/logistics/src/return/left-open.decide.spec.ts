import { ELIGIBILITY_ANSWERS, type EligibilityAnswer, type ReturnEvent, type ReturnFacts, type ReturnReason } from 'aftercare/contracts';
import type { Actor } from 'aftercare/kernel';
import { policySet, type PolicySet, type TableOutcome } from 'aftercare/policy';
import { adoptedWith, CASE_ID, given, SUBJECT_ID, type Then } from 'aftercare/testing';
import type { ReturnCommand, ReturnState } from './return.js';
import { returns } from './return.decide.js';

const GOODS = {
  productCode: 'DV-100', productName: null, model: null, lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: 10, notKnown: [],
};
const FACTS: ReturnFacts = { lotExpiresOn: '2027-06-01', bought: 1000, exchanged: 90, lastBoughtOn: '2026-01-01' };
const EXPIRED: ReturnFacts = { ...FACTS, lotExpiresOn: '2026-03-10' };
const who = (role: string, id = role): { actor: Actor } => ({ actor: { id, role: `logistics.${role}` } });
const [CLERK, HEAD, LEADER, QUALITY, FINANCE] = [who('clerk'), who('after-sales-head'), who('leader'), who('quality'), who('finance')];

const requested = (reason: ReturnReason, verdict: 'conforming' | 'nonconforming' | null = null): ReturnEvent => ({
  type: 'ReturnRequested',
  data: {
    caseId: CASE_ID, round: 2, subject: SUBJECT_ID, customerId: 'c-1', reason, kind: 'exchange', goods: GOODS, quantity: 10, orderNumber: 'SO-1',
    requestedOn: '2026-03-11', temporary: false, verdict, freightPayer: 'undetermined', compensation: { minor: 5000, currency: 'CNY' },
  },
});
const review = (facts = FACTS, signer: 'after-sales' | 'finance' = 'after-sales'): ReturnCommand => ({ type: 'ReviewReturn', signer, facts });
const approve = (facts = FACTS): ReturnCommand => ({ type: 'ApproveReturn', facts });
const say = (decision: 'accept' | 'refuse', facts = EXPIRED): ReturnCommand => ({ type: 'DecideEligibility', decision, reasoning: '仍可检测', facts });
const appoint = (signer: 'quality' | 'approver', role: 'logistics.finance' | 'logistics.leader' = 'logistics.finance'): ReturnCommand =>
  ({ type: 'AppointSignatory', signer, role, reasoning: '质量员休假' });
const news = (then: Then<ReturnState>): ReturnEvent[] => then.events as ReturnEvent[];

/** The shipped policy with another answer of one table. */
function answering(table: string, answer: { decision: string } | Extract<TableOutcome, { determined: false }>['why']): PolicySet {
  const shipped = policySet();
  const trace = { id: 'own', version: '1', rule: 'own-1', inputs: {}, outcome: typeof answer === 'string' ? `undetermined: ${answer}` : answer.decision };
  const said: TableOutcome = typeof answer === 'string' ? { determined: false, why: answer, trace } : { determined: true, then: answer, trace };
  return { ...shipped, decide: (key, inputs) => (key === table ? said : shipped.decide(key, inputs)) };
}

describe('whether a return is eligible stands in the tables of the policy', () => {
  it('P002B-16 P002B-17 another row of the company decides otherwise, and cites itself', () => {
    const policy = answering('return.eligibility', { decision: 'exception' });
    expect(given(returns, requested('quality')).when(review(), { ...HEAD, policy })).toMatchObject({ refused: 'not-eligible', rule: 'own-1' });
    const kind = answering('return.eligibility', { decision: 'accept' });
    expect(given(returns, requested('unsaleable')).when(review({ ...FACTS, exchanged: 999 }), { ...CLERK, policy: kind }).types).toEqual(['ReturnReviewed']);
  });

  /** What follows from every word that a company may write into the table; a new one has to say it here. */
  const FOLLOWS: Readonly<Record<EligibilityAnswer, readonly [review: string, exception: string]>> = {
    accept: ['ReturnReviewed', 'ground-not-there'], exception: ['over-exchange-rate', 'ReturnExceptionRequested'], refuse: ['over-exchange-rate', 'no-exception'],
  };
  it.each(ELIGIBILITY_ANSWERS)('P002B-17 P002B-18 the answer %s is understood, a word that is none leaves it to a person', (decision) => {
    const facts = { ...FACTS, exchanged: 91 };
    const ask: ReturnCommand = { type: 'RequestException', ground: 'over-exchange-rate', why: 'w', facts };
    const said = (command: ReturnCommand, answer: string) => {
      const then = given(returns, requested('unsaleable')).when(command, { ...CLERK, policy: answering('return.eligibility', { decision: answer }) });
      return then.refused ?? then.types.join();
    };
    expect([said(review(facts), decision), said(ask, decision)]).toEqual(FOLLOWS[decision]);
    expect(said(review(facts), `${decision}ed`)).toBe('ReturnEligibilityUndetermined');
  });

  it('P002B-18 what a table refuses outright not even the leader is asked for', () => {
    const ask = (exchanged: number): ReturnCommand => ({ type: 'RequestException', ground: 'over-exchange-rate', why: 'w', facts: { ...FACTS, exchanged } });
    const policy = answering('return.eligibility', { decision: 'refuse' });
    expect(given(returns, requested('unsaleable')).when(ask(91), { ...CLERK, policy })).toMatchObject({ refused: 'no-exception', rule: 'own-1' });
    expect(given(returns, requested('unsaleable')).when(ask(91), CLERK).stage).toBe('exception-requested');
  });

  it.each([
    ['quality', 'nonconforming', FACTS, 'ReturnReviewed'], ['quality', 'conforming', FACTS, 'ReturnReviewed'], ['quality', null, FACTS, 'ReturnReviewed'],
    ['quality', 'nonconforming', EXPIRED, 'ReturnEligibilityUndetermined'], ['quality', 'conforming', EXPIRED, 'lot-expired'],
    ['other', null, EXPIRED, 'lot-expired'], ['unsaleable', null, EXPIRED, 'lot-expired'],
    ['expired', null, EXPIRED, 'ReturnReviewed'], ['mis-shipped', null, EXPIRED, 'ReturnReviewed'],
    ['unsaleable', null, { ...FACTS, lastBoughtOn: '2025-01-01' }, 'outside-window'],
    ['unsaleable', null, { ...FACTS, bought: 0, lastBoughtOn: null }, 'ReturnEligibilityUndetermined'],
    ['unsaleable', null, { ...FACTS, lotExpiresOn: null, exchanged: 91 }, 'lot-expiry-unknown'],
    ['unsaleable', null, { ...EXPIRED, bought: 0 }, 'lot-expired'],
  ] as const)('P002A-17 P002B-17 P000-37 %s, found %s, %j: %s', (reason, verdict, facts, outcome) => {
    const then = given(returns, requested(reason, verdict)).when(review(facts), HEAD);
    const clerk = given(returns, requested(reason, verdict)).when(review(facts), CLERK);
    const answer = then.refused === 'not-your-role' ? clerk : then;
    expect(answer.refused ?? answer.types.join()).toBe(outcome);
  });
});

describe('what no table answers a person decides', () => {
  const open = () => given(returns, requested('quality', 'nonconforming')).when(review(EXPIRED), HEAD);

  it('P002A-17 an expired lot that was found defective is recorded as an open point, once', () => {
    expect(open().events).toEqual([{
      type: 'ReturnEligibilityUndetermined', data: { why: 'open-point', obstacles: ['lot-expired'], account: 'after-sales-head', expiresOn: null },
      policy: expect.objectContaining({
        id: 'P002A', rule: 'P002A-17-expired',
        inputs: expect.objectContaining({ reason: 'quality', verdict: 'nonconforming', lotExpired: true, 'from.expiresOn': '2026-03-10', 'from.return.eligibility': 'P002B-19: accept' }),
      }),
    }]);
    const waiting = given(returns, requested('quality', 'nonconforming'), ...news(open()));
    expect(waiting.when(review(EXPIRED), HEAD)).toMatchObject({ refused: 'eligibility-undetermined', rule: 'P002A-17-expired' });
  });

  it('P001E-07 P002B-18 the yes of the leader lets the return go on to its approval', () => {
    const history = [requested('quality', 'nonconforming'), ...news(open())];
    const decided = given(returns, ...history).when(say('accept'), LEADER);
    expect(decided.events).toMatchObject([{
      type: 'ReturnEligibilityDecided', data: { decision: 'accept', why: 'open-point', obstacles: ['lot-expired'], account: 'leader' },
      personal: { subject: SUBJECT_ID, fields: { reasoning: '仍可检测' } }, policy: { rule: 'P002A-17-expired', outcome: 'accept' },
    }]);
    const signed = given(returns, ...history, ...news(decided)).when(review(EXPIRED), HEAD);
    expect(signed).toMatchObject({ types: ['ReturnReviewed'], stage: 'reviewed' });
    expect(given(returns, ...history, ...news(decided), ...news(signed)).when(approve(EXPIRED), HEAD).stage).toBe('approved');
  });

  it('P001E-07 a yes answers its own question and no other', () => {
    const unknown = { ...FACTS, lotExpiresOn: null };
    const asked = given(returns, requested('quality')).when(review(unknown), HEAD);
    const decided = given(returns, requested('quality'), ...news(asked)).when(say('accept', unknown), LEADER);
    const answered = given(returns, requested('quality'), ...news(asked), ...news(decided));
    expect(answered.when(review(unknown), HEAD).types).toEqual(['ReturnReviewed']);
    expect(answered.when(review(EXPIRED), HEAD).events).toMatchObject([{ type: 'ReturnEligibilityUndetermined', data: { why: 'open-point', obstacles: ['lot-expired'] } }]);
  });

  it('P002B-17 the no of the leader ends the return with its ground', () => {
    const refused = given(returns, requested('quality', 'nonconforming'), ...news(open())).when(say('refuse'), LEADER);
    expect(refused).toMatchObject({ stage: 'rejected', events: [
      { type: 'ReturnEligibilityDecided', data: { decision: 'refuse' } },
      { type: 'ReturnRejected', data: { caseId: CASE_ID, round: 2, ground: 'lot-expired', compensation: { minor: 5000 } }, personal: { fields: { explanation: '仍可检测' } } },
    ] });
  });

  it('P002B-18 only whoever may allow an exception decides, never on an own question, and nothing unasked', () => {
    const waiting = given(returns, requested('quality', 'nonconforming'), ...news(open()));
    expect(waiting.when(say('accept'), QUALITY)).toMatchObject({ refused: 'not-your-role', rule: 'P002B-18' });
    expect(waiting.when(say('accept'), who('leader', 'after-sales-head')).refused).toBe('separation-of-duties');
    expect(waiting.when(say('accept', FACTS), LEADER)).toMatchObject({ refused: 'eligibility-determined' });
    expect(given(returns, requested('quality')).when(say('accept'), LEADER).refused).toBe('wrong-stage');
  });

  it.each(['no-match', 'several-match', 'not-adopted'] as const)('P001E-07 a table that answers %s leaves it to a person as well', (why) => {
    const policy = answering('return.eligibility', why);
    const asked = given(returns, requested('quality')).when(review(), { ...HEAD, policy });
    expect(asked.events).toMatchObject([{ type: 'ReturnEligibilityUndetermined', data: { why, obstacles: [] }, policy: { rule: 'own-1' } }]);
    const decided = given(returns, requested('quality'), ...news(asked)).when(say('accept', FACTS), { ...LEADER, policy });
    expect(given(returns, requested('quality'), ...news(asked), ...news(decided)).when(review(), { ...HEAD, policy }).stage).toBe('reviewed');
  });

  it('P001E-07 P002B-18 without P002B the leader decides, and names who signs', async () => {
    const policy = await adoptedWith(({ precedence }) => ({ precedence: precedence.filter(({ pack }) => pack !== 'P002B') }));
    const asked = given(returns, requested('quality')).when(review(), { ...HEAD, policy });
    expect(asked.events).toMatchObject([{ type: 'SignatoryUndetermined', data: { why: 'not-adopted', step: 'review', signer: 'after-sales' } }]);
    const history = [requested('quality'), ...news(asked)];
    history.push(...news(given(returns, ...history).when({ type: 'AppointSignatory', signer: 'after-sales', role: 'logistics.after-sales-head', reasoning: 'r' }, { ...LEADER, policy })));
    const eligibility = given(returns, ...history).when(review(), { ...HEAD, policy });
    expect(eligibility.events).toMatchObject([{ type: 'ReturnEligibilityUndetermined', data: { why: 'not-adopted' } }]);
    history.push(...news(eligibility));
    history.push(...news(given(returns, ...history).when(say('accept', FACTS), { ...LEADER, policy })));
    expect(given(returns, ...history).when(review(), { ...HEAD, policy }).stage).toBe('reviewed');
  });
});

describe('a signature that the policy gives to nobody', () => {
  const policy = answering('return.signatories', 'no-match');
  const atTheShelf: ReturnEvent[] = [
    requested('quality'), { type: 'ReturnReceived', data: { quantity: 10, discrepancy: null } }, { type: 'ReturnInspected', data: { intact: true, makersFault: false } },
  ];
  const sign: ReturnCommand = { type: 'SignStockIn', signer: 'quality' };
  const asked = () => given(returns, ...atTheShelf).when(sign, { ...QUALITY, policy });

  it('P002B-25 is recorded, once, and taken from nobody meanwhile', () => {
    expect(asked().events).toEqual([{
      type: 'SignatoryUndetermined', data: { step: 'stock-in', signer: 'quality', why: 'no-match', account: 'quality' }, policy: expect.objectContaining({ rule: 'own-1' }),
    }]);
    expect(given(returns, ...atTheShelf, ...news(asked())).when(sign, { ...QUALITY, policy })).toMatchObject({ refused: 'signatory-undetermined', rule: 'own-1' });
  });

  it('P002B-25 P002B-18 whoever may allow an exception appoints the signer, who then signs', () => {
    const waiting = given(returns, ...atTheShelf, ...news(asked()));
    expect(waiting.when(appoint('quality'), { ...QUALITY, policy })).toMatchObject({ refused: 'not-your-role', rule: 'P002B-18' });
    expect(waiting.when(appoint('approver'), { ...LEADER, policy }).refused).toBe('wrong-stage');
    const named = waiting.when(appoint('quality'), { ...LEADER, policy });
    expect(named.events).toMatchObject([{
      type: 'SignatoryAppointed', data: { step: 'stock-in', signer: 'quality', role: 'logistics.finance', account: 'leader' },
      personal: { subject: SUBJECT_ID, fields: { reasoning: '质量员休假' } }, policy: { rule: 'own-1', outcome: 'logistics.finance' },
    }]);
    const appointed = given(returns, ...atTheShelf, ...news(asked()), ...news(named));
    expect(appointed.when(sign, { ...QUALITY, policy }).refused).toBe('not-your-role');
    expect(appointed.when(sign, { ...FINANCE, policy }).events).toMatchObject([{ type: 'StockInSigned', data: { signer: 'quality', account: 'finance' }, policy: { outcome: 'logistics.finance' } }]);
  });

  it('P002B-25 whoever appointed the signer does not sign', () => {
    const named = given(returns, ...atTheShelf, ...news(asked())).when(appoint('quality', 'logistics.leader'), { ...LEADER, policy });
    const appointed = given(returns, ...atTheShelf, ...news(asked()), ...news(named));
    expect(appointed.when(sign, { ...LEADER, policy }).refused).toBe('separation-of-duties');
    expect(appointed.when(sign, { ...who('leader', 'second'), policy }).types).toEqual(['StockInSigned']);
  });

  it('P002B-16 P002B-19 goes for reviews and approvals too', () => {
    const reviewed: ReturnEvent = { type: 'ReturnReviewed', data: { signer: 'after-sales', account: 'a', expiresOn: null } };
    const open = given(returns, requested('quality'), reviewed).when(approve(), { ...HEAD, policy });
    expect(open.events).toMatchObject([{ type: 'SignatoryUndetermined', data: { step: 'approve', signer: 'approver' } }]);
    const named = given(returns, requested('quality'), reviewed, ...news(open)).when(appoint('approver'), { ...LEADER, policy });
    expect(given(returns, requested('quality'), reviewed, ...news(open), ...news(named)).when(approve(), { ...FINANCE, policy }).stage).toBe('approved');
  });
});
