import type { CommandOf, IncentiveCommands, IncentiveEvent, IncentiveGround } from 'aftercare/contracts';
import { namedId, type Money } from 'aftercare/kernel';

export type IncentiveCommand = CommandOf<IncentiveCommands>;

export interface Proposal {
  readonly proposal: string;
  readonly kind: 'fine' | 'points' | 'bonus';
  readonly ground: IncentiveGround;
  readonly amount: Money | null;
  readonly range: { readonly from: Money; readonly to: Money } | null;
  readonly points: number | null;
  /** Everybody who reported a part of it: that of a joined fine is what several reported. */
  readonly proposers: readonly string[];
  readonly basis: readonly string[];
  /** The proposal that stands in its place. */
  readonly replacedBy: string | null;
  readonly stands: 'open' | 'replaced' | 'confirmed' | 'reduced' | 'rejected';
  /** What took effect, in minor units. */
  readonly effective: number;
}

/** One person in one month, or in one year for its award. */
export interface IncentiveState {
  readonly stage: 'new' | 'open';
  readonly person: string | null;
  readonly period: string | null;
  /** Cases that count against the person. */
  readonly cases: readonly string[];
  readonly faults: readonly { readonly fault: string; readonly grave: boolean }[];
  readonly proposals: readonly Proposal[];
  /** Whether the number of complaints was handed on to people already. */
  readonly referred: boolean;
}

export const noIncentives: IncentiveState = { stage: 'new', person: null, period: null, cases: [], faults: [], proposals: [], referred: false };

/** One stream, so that the tiers of one month are proposed one after the other and only the highest stays. */
export const incentiveId = (person: string, period: string): string => namedId('incentive', person, period);

export function evolve(before: IncentiveState, event: IncentiveEvent): IncentiveState {
  const { person, period } = event.data;
  const state: IncentiveState = { ...before, stage: 'open', person, period };
  switch (event.type) {
    case 'ComplaintCounted': return { ...state, cases: [...state.cases, event.data.caseId] };
    case 'FaultCounted': return { ...state, faults: [...state.faults, { fault: event.data.fault, grave: event.data.grave }] };
    case 'MisconductReferred': return { ...state, referred: state.referred || event.data.ground === 'complaint-count' };
    case 'IncentiveProposed': {
      const { proposal, kind, ground, amount, range, points, proposedBy, basis } = event.data;
      const joined = state.proposals.filter(({ replacedBy }) => replacedBy === proposal).flatMap(({ proposers }) => proposers);
      const proposers = [...new Set([...joined, ...(proposedBy === null ? [] : [proposedBy])])];
      return { ...state, proposals: [...state.proposals, { proposal, kind, ground, amount, range, points, proposers, basis, replacedBy: null, stands: 'open', effective: 0 }] };
    }
    case 'IncentiveReplaced': {
      const replaced = (one: Proposal): Proposal => (one.proposal === event.data.proposal ? { ...one, stands: 'replaced', replacedBy: event.data.by } : one);
      return { ...state, proposals: state.proposals.map(replaced) };
    }
    case 'IncentiveDecided': {
      const { proposal, outcome, amount } = event.data;
      const decided = (one: Proposal): Proposal => (one.proposal === proposal ? { ...one, stands: outcome, effective: amount?.minor ?? 0 } : one);
      return { ...state, proposals: state.proposals.map(decided) };
    }
  }
}
