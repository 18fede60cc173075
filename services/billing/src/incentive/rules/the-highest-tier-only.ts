import type { IncentiveEvent } from 'aftercare/contracts';
import { cny, type DecisionContext } from 'aftercare/kernel';
import type { PolicySet, TableOutcome } from 'aftercare/policy';
import type { IncentiveState, Proposal } from '../incentive.js';

interface Counted {
  readonly person: string;
  readonly period: string;
  /** Of the month, this one included. */
  readonly complaints: number;
  readonly basis: readonly string[];
}

/**
 * P003-39 to P003-41: the highest tier and never the sum. An open proposal of a lower tier is replaced; of one that took
 * effect already only the rest is proposed; a further complaint within the same tier proposes nothing. What no row decides is proposed without an amount: a person says how much.
 */
export function theHighestTierOnly(
  { person, period, complaints, basis }: Counted, state: IncentiveState, { freshId, policy }: DecisionContext<PolicySet>,
): readonly IncentiveEvent[] {
  const outcome = policy.decide('performance.fine.complaint_count', { count: complaints });
  if (!outcome.determined && outcome.why === 'not-adopted') return [];
  const tier = tierIn(outcome);
  if (tier !== null && tier === tierIn(policy.decide('performance.fine.complaint_count', { count: complaints - 1 }))) return [];
  const ofMonth = state.proposals.filter(({ ground }) => ground === 'complaint-count');
  const rest = tier === null ? null : tier - ofMonth.reduce((sum, { effective }) => sum + effective, 0);
  if (rest !== null && rest <= 0) return [];
  const open = ofMonth.find(({ stands }) => stands === 'open');
  return [...replaced(open, freshId, { person, period }), {
    type: 'IncentiveProposed',
    data: {
      proposal: freshId, person, period, kind: 'fine', ground: 'complaint-count', amount: rest === null ? null : cny(rest), range: null, points: null,
      publicCriticism: outcome.determined && outcome.then['publicCriticism'] === true, proposedBy: null,
      basis: [...(open?.basis ?? []), ...basis],
    },
    policy: outcome.trace,
  }];
}

/** The open proposal that another takes the place of. */
export function replaced(open: Proposal | undefined, by: string, whose: { readonly person: string; readonly period: string }): readonly IncentiveEvent[] {
  return open ? [{ type: 'IncentiveReplaced', data: { proposal: open.proposal, ...whose, by } }] : [];
}

/** Minor units; null where a person has to say. */
function tierIn(outcome: TableOutcome): number | null {
  const fine = outcome.determined ? outcome.then['fine'] : null;
  return typeof fine === 'number' && Number.isSafeInteger(fine) ? fine : null;
}
