import type { IncentiveGround } from 'aftercare/contracts';
import { refuse, type Actor, type DecisionContext, type Refusal } from 'aftercare/kernel';
import { periodOf, type PolicySet } from 'aftercare/policy';
import type { IncentiveState } from '../incentive.js';

/** P002B-42, P002B-43, P003-43: once for a person and period, unless it was rejected; nobody proposes a bonus for himself. */
export function aBonusIsProposedOnceByAnother(person: string, ground: IncentiveGround, { proposals }: IncentiveState, actor: Actor): Refusal | null {
  if (person === actor.id) {
    return refuse('separation-of-duties', { zh: '不能为自己申请奖金。', en: 'Nobody proposes a bonus for himself.' }, { rule: 'P002B-42', field: 'person' });
  }
  if (!proposals.some((one) => one.ground === ground && one.stands !== 'rejected')) return null;
  return refuse('already-proposed', { zh: '该期间已有同类奖金建议。', en: 'It has been proposed for this period already.' }, { rule: 'P002B-42', field: 'ground' });
}

export function thePeriodHasBegun(period: string, { policy, now }: DecisionContext<PolicySet>): Refusal | null {
  if (period <= periodOf(policy.calendar, now, 'month')) return null;
  return refuse('period-not-begun', { zh: '该月份尚未开始。', en: 'This month has not begun.' }, { rule: 'P002B-42', field: 'period' });
}

export function theYearIsOver(period: string, { policy, now }: DecisionContext<PolicySet>): Refusal | null {
  if (period < periodOf(policy.calendar, now, 'year')) return null;
  return refuse('year-not-over', { zh: '该年度尚未结束。', en: 'The year is not over.' }, { rule: 'P003-43', field: 'period' });
}
