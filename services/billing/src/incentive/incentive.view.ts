import type { IncentiveEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type IncentiveRow = {
  /** Id of the person's month or year, where a proposal is decided. */
  readonly file: string;
  readonly person: string;
  readonly period: string;
  /** `open`, `replaced`, `confirmed`, `reduced`, `rejected`; `referred` for what people treat separately. */
  readonly stage: string;
  readonly kind: string;
  readonly ground: string;
  /** Minor units (分); what was proposed, and after a decision what took effect. */
  readonly amount: number | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly points: number | null;
  readonly publicCriticism: number;
  readonly rule: string | null;
  readonly proposedBy: string | null;
  readonly decidedBy: string | null;
  readonly since: string;
  readonly personal: SealedTexts | null;
};

/** Proposed fines, points and bonuses, and what people decided (奖惩). One row per proposal. */
export const incentiveView: View<IncentiveRow, IncentiveEvent> = defineView<IncentiveRow, IncentiveEvent>({
  name: 'incentive',
  shape: 1,
  columns: {
    file: 'text', person: 'text', period: 'text', stage: 'text', kind: 'text', ground: 'text', amount: 'integer', from: 'integer', to: 'integer',
    points: 'integer', publicCriticism: 'integer', rule: 'text', proposedBy: 'text', decidedBy: 'text', since: 'text', personal: 'json',
  },
  indexed: ['person', 'period', 'stage', 'kind', 'since'],
  key(event) {
    switch (event.type) {
      case 'IncentiveProposed':
      case 'IncentiveReplaced':
      case 'IncentiveDecided': return event.data.proposal;
      case 'MisconductReferred': return event.id;
      default: return null;
    }
  },
  fold(row, event) {
    const since = event.recordedAt;
    switch (event.type) {
      case 'IncentiveProposed': {
        const { person, period, kind, ground, amount, range, points, publicCriticism, proposedBy } = event.data;
        return {
          file: idOf(event.stream), person, period, stage: 'open', kind, ground, amount: amount?.minor ?? null, from: range?.from.minor ?? null,
          to: range?.to.minor ?? null, points, publicCriticism: publicCriticism ? 1 : 0, rule: event.policy?.rule ?? null, proposedBy, decidedBy: null, since,
          personal: null,
        };
      }
      case 'IncentiveReplaced': return row && { ...row, stage: 'replaced', since };
      case 'IncentiveDecided': {
        const { outcome, amount, points, decidedBy } = event.data;
        return row && { ...row, stage: outcome, amount: amount?.minor ?? null, points, decidedBy, since, personal: sealedTexts(event) };
      }
      case 'MisconductReferred': {
        const { person, period, ground } = event.data;
        return {
          file: idOf(event.stream), person, period, stage: 'referred', kind: 'referral', ground, amount: null, from: null, to: null, points: null,
          publicCriticism: 0, rule: event.policy?.rule ?? null, proposedBy: null, decidedBy: null, since, personal: null,
        };
      }
      default: return row;
    }
  },
});
