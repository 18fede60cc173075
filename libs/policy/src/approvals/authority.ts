import type { RuleTrace } from 'aftercare/kernel';
import type { TableOutcome, TableValue } from '../terms.js';

export const SIGNING_ORDERS = ['in-order', 'any-order'] as const;
export type SigningOrder = (typeof SIGNING_ORDERS)[number];

/** Who has to sign: one role per position. A role named twice means two people of that role. */
export interface Authority {
  readonly signers: readonly string[];
  readonly order: SigningOrder;
}

/** What the authority matrix (权责划分) came to. Undetermined: a person says who decides, and that is recorded. */
export type AuthorityAnswer =
  | { readonly authority: Authority; readonly trace: RuleTrace }
  | { readonly authority: null; readonly why: Extract<TableOutcome, { determined: false }>['why'] | 'unreadable'; readonly trace: RuleTrace };

/**
 * P001A-04. Reads an outcome with the outputs `signers` and `order`; a table that names one `approver` is the case of one
 * signer. `known` are the roles that may sign at all. Anything else is undetermined: half a list of signers would let
 * money go out on too few signatures.
 */
export function authorityIn(outcome: TableOutcome, known: readonly string[]): AuthorityAnswer {
  const { trace } = outcome;
  if (!outcome.determined) return { authority: null, why: outcome.why, trace };
  const { signers = outcome.then['approver'], order } = outcome.then;
  const roles = rolesIn(signers);
  const isKnown = roles.length > 0 && roles.every((role) => known.includes(role));
  const said = order === undefined && roles.length === 1 ? 'any-order' : order;
  if (!isKnown || !isOrder(said)) return { authority: null, why: 'unreadable', trace };
  return { authority: { signers: roles, order: said }, trace };
}

function rolesIn(value: TableValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value as readonly string[] : [];
}

function isOrder(value: TableValue | undefined): value is SigningOrder {
  return SIGNING_ORDERS.some((order) => order === value);
}
