import type { ApprovalEvent, ApproverRole, NoteAllowance, SigningFacts } from 'aftercare/contracts';
import { words, wrongStage, type Decision, type DecisionContext, type RuleTrace } from 'aftercare/kernel';
import { isExpired, mayReject, maySign, stillToSign, type Admitted, type Authority, type PolicySet } from 'aftercare/policy';
import { isPending, type ApprovalState, type PendingApproval } from './approval.js';
import { theAllowanceThatCovers, whoseAllowances, type MonthlyLimit } from './rules/a-signature-stays-within-the-allowance.js';
import { anOrderWaitsForTheAllowance, nothingIsSignedAfterExpiry } from './rules/nothing-is-signed-after-expiry.js';
import { onlyWhoIsAskedSigns } from './rules/only-who-is-asked-signs.js';
import { kindOf, whoSigns, type AskedSigners } from './rules/the-authority-matrix-names-the-signers.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<ApprovalEvent>;
type Given = Extract<Admitted, { may: true }>;

/** One signature: the last one that counts approves. With a single signer of the own office the approval itself is the record. */
export function sign(state: PendingApproval, facts: SigningFacts | undefined, context: Context): Answer {
  const asked = whoSigns(state, context.policy);
  if (asked.signers === null) return wrongStage('decide', 'undetermined');
  const authority = authorityOf(asked);
  const given = maySign({ ...signingOf(state, facts, context), authority, signatures: inRoles(state) });
  if (!given.may) return onlyWhoIsAskedSigns(given.why, asked);
  const refusal = nothingIsSignedAfterExpiry(state, context.now) ?? anOrderWaitsForTheAllowance(state);
  if (refusal) return refusal;
  const limit = theAllowanceThatCovers(roleOf(given), given.deputyship?.person ?? context.actor.id, context.policy, context.now);
  if (limit && 'refused' in limit) return limit;
  const signed = { ...signature(state, given, 'approved', limit, context), policy: asked.trace };
  const isPlain = asked.signers.length === 1 && !given.deputyship && !limit;
  const isLast = !limit && state.signatures.every(({ counted }) => counted)
    && stillToSign(authority, [...inRoles(state), { ...given, signer: context.actor.id, deputyFor: null }]).length === 0;
  return [...(isPlain ? [] : [signed]), ...(isLast ? [approved(state, context.actor.id, roleOf(given), asked.trace)] : [])];
}

/** A single no ends it, at any point; what was signed so far comes to nothing. */
export function reject(state: PendingApproval, why: string, facts: SigningFacts | undefined, context: Context): Answer {
  const asked = whoSigns(state, context.policy);
  if (asked.signers === null) return wrongStage('decide', 'undetermined');
  const given = mayReject({ ...signingOf(state, facts, context), authority: authorityOf(asked) });
  if (!given.may) return onlyWhoIsAskedSigns(given.why, asked);
  const refusal = nothingIsSignedAfterExpiry(state, context.now);
  if (refusal) return refusal;
  const signed = { ...signature(state, given, 'rejected', null, context), policy: asked.trace };
  return [...(given.deputyship ? [signed] : []), ...voided(state), rejected(state, why, context.actor.id, asked.trace)];
}

/** What the allowance of the month said. A signature that was voided in between is none any more. */
export function noteAllowance(command: NoteAllowance, state: ApprovalState, { policy }: Context): Answer {
  const held = isPending(state) ? state.signatures.find(({ signature: id, counted }) => id === command.signature && !counted) : undefined;
  if (!held || !isPending(state)) return [];
  const { signature: id, position, role, signer, limit } = held;
  const asksOf = whoseAllowances(signer, limit);
  const person = command.person ?? limit?.person ?? signer;
  if (!command.covered) {
    const refused: ApprovalEvent = { type: 'SignatureRefused', data: { signature: id, position, why: 'limit-exceeded' } };
    // What the other allowance gave, or is about to give, has to go back.
    return asksOf.length === 1 ? [refused] : [...voidedOf([held]), refused];
  }
  if (held.covered.includes(person) || !asksOf.includes(person)) return [];
  if (asksOf.some((one) => one !== person && !held.covered.includes(one))) return [{ type: 'SignatureCovered', data: { signature: id, position, person } }];
  const counted: ApprovalEvent = { type: 'SignatureCounted', data: { signature: id, position } };
  const asked = whoSigns(state, policy);
  const isLast = asked.signers !== null && state.signatures.every((one) => one.counted || one === held)
    && stillToSign(authorityOf(asked), inRoles(state)).length === 0;
  return isLast ? [counted, approved(state, signer, role, asked.trace)] : [counted];
}

/** P001A-04: recorded once, because what has lapsed waits for nobody. */
export function lapseUnsigned(state: ApprovalState, { now }: Context): Answer {
  if (!isPending(state) || state.expiresAt === null || !isExpired(state.expiresAt, now)) return [];
  const { caseId, round, amount, expiresAt } = state;
  return [...voided(state), { type: 'ApprovalLapsed', data: { caseId, round, kind: kindOf(state), amount, expiredAt: expiresAt } }];
}

/** Named in an event, because what a signature took of an allowance has to be given back. */
export function voided(state: ApprovalState): readonly ApprovalEvent[] {
  return isPending(state) && state.signatures.length > 0 ? voidedOf(state.signatures) : [];
}

function voidedOf(signatures: PendingApproval['signatures']): readonly ApprovalEvent[] {
  return [{
    type: 'SignaturesVoided',
    data: { signatures: signatures.map(({ signature: id, position, signer, limit }) => ({ signature: id, position, signer, limit })) },
  }];
}

function signature(
  state: PendingApproval, given: Given, meaning: 'approved' | 'rejected', limit: MonthlyLimit | null, { actor, freshId }: Context,
): Extract<ApprovalEvent, { type: 'ApprovalSigned' }> {
  const { deputyship, position } = given;
  const deputyFor = deputyship && { person: deputyship.person, deputyship: deputyship.id, from: deputyship.from, to: deputyship.to };
  return {
    type: 'ApprovalSigned',
    data: { signature: freshId, kind: kindOf(state), meaning, position, role: roleOf(given), signer: actor.id, deputyFor, amount: state.amount, limit },
  };
}

function approved(state: PendingApproval, approver: string, approverRole: ApproverRole, policy: RuleTrace): ApprovalEvent {
  const { caseId, round, amount } = state;
  switch (kindOf(state)) {
    case 'compensation': return { type: 'CompensationApproved', data: { caseId, round, amount, approver, approverRole }, policy };
    case 'service-fee': return { type: 'ServiceFeeApproved', data: { amount, approver, approverRole }, policy };
    case 'waiver': return { type: 'ServiceFeeWaived', data: { approver, approverRole }, policy };
  }
}

function rejected(state: PendingApproval, why: string, approver: string, policy: RuleTrace): ApprovalEvent {
  const { caseId, round, amount, subject } = state;
  const personal = words(subject, { why });
  switch (kindOf(state)) {
    case 'compensation': return { type: 'CompensationRejected', data: { caseId, round, amount, ground: 'decided', approver }, personal, policy };
    case 'service-fee': return { type: 'ServiceFeeRejected', data: { amount, approver }, personal, policy };
    case 'waiver': return { type: 'ServiceFeeWaiverRejected', data: { approver }, personal, policy };
  }
}

const inOffice = (role: ApproverRole): string => `billing.${role}`;
const roleOf = ({ role }: Given): ApproverRole => role.slice('billing.'.length) as ApproverRole;
const authorityOf = ({ signers, order }: AskedSigners): Authority => ({ signers: signers.map(inOffice), order });
const inRoles = ({ signatures }: PendingApproval) => signatures.map((one) => ({ ...one, role: inOffice(one.role) }));

function signingOf(state: PendingApproval, facts: SigningFacts | undefined, { actor, policy, now }: Context) {
  return {
    requester: state.stage === 'waiver-requested' ? state.waiverRequester : state.requester, actor,
    deputyships: (facts?.deputyships ?? []).map((one) => ({ ...one, role: inOffice(one.role) })),
    today: policy.calendar.localDate(now),
  };
}
