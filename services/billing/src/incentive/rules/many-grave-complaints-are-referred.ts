import type { DismissalAnswer, IncentiveEvent } from 'aftercare/contracts';
import type { DecisionContext } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { IncentiveState } from '../incentive.js';

interface Standing {
  readonly person: string;
  readonly period: string;
  readonly complaints: number;
  readonly grave: boolean;
  readonly basis: readonly string[];
}

const DISMISSAL: DismissalAnswer = 'dismissal';

/** P003-42: never automatic. Exactly five is an open point, and a person has to look at it just the same. */
export function manyGraveComplaintsAreReferred(
  { person, period, complaints, grave, basis }: Standing, { referred }: IncentiveState, { policy }: DecisionContext<PolicySet>,
): readonly IncentiveEvent[] {
  const outcome = policy.decide('performance.dismissal.complaint_count', { count: complaints, grave });
  const isNothing = outcome.determined ? outcome.then['proposal'] !== DISMISSAL : outcome.why === 'not-adopted';
  if (isNothing || referred) return [];
  return [{ type: 'MisconductReferred', data: { person, period, ground: 'complaint-count', complaints, basis: [...basis] }, policy: outcome.trace }];
}
