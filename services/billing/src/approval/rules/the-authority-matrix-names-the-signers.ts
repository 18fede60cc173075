import { APPROVER_ROLES, type ApprovalKind, type ApproverRole } from 'aftercare/contracts';
import type { RuleTrace } from 'aftercare/kernel';
import { authorityIn, type PolicySet, type SigningOrder } from 'aftercare/policy';
import type { PendingApproval } from '../approval.js';
import { theBandsSay } from './a-compensation-follows-the-price-bands.js';
import { theNamedApprover } from './the-band-names-the-approver.js';

export interface AskedSigners {
  readonly signers: readonly ApproverRole[];
  readonly order: SigningOrder;
  readonly trace: RuleTrace;
}

/** Nothing says who; what was asked, and of which table, is in the trace. */
interface Undetermined { readonly signers: null; readonly trace: RuleTrace }

const PREFIX = 'billing.';
const KNOWN = APPROVER_ROLES.map((role) => `${PREFIX}${role}`);

/**
 * P001A-04: the matrix of a company comes before the bands of P001C, by kind, amount and cost. Without a matrix the bands
 * name one signer. A matrix that decides nothing is no reason to fall back on the bands: a person says who decides.
 */
export function whoSigns(pending: PendingApproval, policy: PolicySet): AskedSigners | Undetermined {
  if (pending.asked?.trace) return { signers: pending.asked.signers, order: pending.asked.order, trace: pending.asked.trace };
  const outcome = policy.decide('approval.authority_matrix', {
    kind: kindOf(pending), amount: pending.amount.minor, cost: pending.cost?.minor ?? null,
  });
  const isAdopted = outcome.determined || outcome.why !== 'not-adopted';
  // A person was asked because this table gave no answer: citing another one would show a rule that nobody had asked.
  const said = isAdopted ? outcome : theBandsSay(pending, policy);
  if (pending.appointed) return { signers: [pending.appointed], order: 'any-order', trace: appointedBeside(said.trace, pending.appointed) };
  if (!isAdopted) {
    const by = theNamedApprover(said);
    return by ? { signers: [by.approver], order: 'any-order', trace: by.trace } : { signers: null, trace: said.trace };
  }
  const { authority, trace } = authorityIn(outcome, KNOWN);
  if (!authority) return { signers: null, trace };
  return { signers: authority.signers.map((role) => role.slice(PREFIX.length) as ApproverRole), order: authority.order, trace };
}

/** A role that a person named goes before the table, and the trace keeps what the table had been asked. */
function appointedBeside(said: RuleTrace, role: ApproverRole): RuleTrace {
  return { ...said, inputs: { ...said.inputs, appointed: true }, outcome: `${PREFIX}${role}` };
}

export function kindOf(pending: PendingApproval): ApprovalKind {
  return pending.stage === 'waiver-requested' ? 'waiver' : pending.kind;
}
