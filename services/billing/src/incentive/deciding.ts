import type { DecideIncentive, IncentiveEvent } from 'aftercare/contracts';
import { cny, refuse, stageInChinese, words, type Actor, type Decision, type DecisionContext, type Money, type Refusal } from 'aftercare/kernel';
import type { IncentiveState, Proposal } from './incentive.js';

interface Effect {
  readonly amount: Money | null;
  readonly points: number | null;
}

/** A person decides, once: neither the one it is about nor anybody who brought it up. */
export function decideIncentive(command: DecideIncentive, state: IncentiveState, { actor, freshId }: DecisionContext): Decision<IncentiveEvent> {
  const proposal = state.proposals.find((one) => one.proposal === command.proposal);
  const { person, period } = state;
  if (!proposal || person === null || period === null) {
    return refuse('unknown-proposal', { zh: '没有该建议。', en: 'There is no such proposal.' }, { field: 'proposal' });
  }
  const refusal = anotherPersonDecides(person, proposal, actor) ?? itIsStillOpen(proposal);
  if (refusal) return refusal;
  const effect = effectOf(command, proposal);
  if ('refused' in effect) return effect;
  const { kind } = proposal;
  return [{
    type: 'IncentiveDecided',
    data: { proposal: proposal.proposal, person, period, kind, outcome: command.outcome, ...effect, decidedBy: actor.id, subject: freshId },
    personal: words(freshId, { why: command.reason }),
  }];
}

function anotherPersonDecides(person: string, { proposers }: Proposal, actor: Actor): Refusal | null {
  if (actor.id !== person && !proposers.includes(actor.id)) return null;
  return refuse('separation-of-duties', {
    zh: '当事人和提出人不能决定该奖惩。', en: 'Neither the person it is about nor anybody who brought it up decides on it.',
  }, { rule: 'P002B-41' });
}

function itIsStillOpen({ stands }: Proposal): Refusal | null {
  if (stands === 'open') return null;
  return refuse('already-decided', { zh: `该建议已处于“${stageInChinese(stands)}”状态。`, en: `This proposal is "${stands}" already.` }, { field: 'proposal' });
}

/** Fixed: as proposed, or less where it is reduced. A range: chosen within it. Left open by the sources: what the person says. */
function effectOf(command: DecideIncentive, proposal: Proposal): Effect | Refusal {
  const { outcome } = command;
  if (outcome === 'rejected') return { amount: null, points: null };
  if (proposal.kind === 'points') return pointsOf(command, proposal);
  const { amount: proposed, range } = proposal;
  const said = command.amount?.minor ?? (outcome === 'confirmed' && proposed ? proposed.minor : null);
  if (said === null) return outside('请填写金额。', 'Say how much.', 'amount');
  const isWithin = proposed === null
    ? outcome === 'confirmed' && said > 0 && (range === null || (range.from.minor <= said && said <= range.to.minor))
    : outcome === 'confirmed' ? said === proposed.minor : 0 < said && said < proposed.minor;
  return isWithin ? { amount: cny(said), points: null } : outside('金额超出可决定的范围。', 'The amount is outside what may be decided.', 'amount');
}

function pointsOf({ outcome, points }: DecideIncentive, proposal: Proposal): Effect | Refusal {
  const proposed = proposal.points ?? 0;
  const said = points ?? (outcome === 'confirmed' ? proposed : null);
  if (said === null) return outside('请填写分数。', 'Say how many points.', 'points');
  const isWithin = outcome === 'confirmed' ? said === proposed : 0 < said && said < proposed;
  return isWithin ? { amount: null, points: said } : outside('分数超出可决定的范围。', 'The points are outside what may be decided.', 'points');
}

function outside(zh: string, en: string, field: 'amount' | 'points'): Refusal {
  return refuse('outside-the-range', { zh, en }, { rule: 'P002B-41', field });
}
