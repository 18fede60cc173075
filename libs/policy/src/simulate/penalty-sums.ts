import type { Amount, PenaltyKind, PenaltySums } from './difference.js';

type Growing<T> = { -readonly [K in keyof T]: T[K] extends number ? number : Growing<T[K]> };
export type Sums = Growing<PenaltySums>;

const nothing = (): Growing<Amount> => ({ number: 0, least: 0, most: 0 });

export const noSums = (): Sums => ({ recorded: nothing(), draft: nothing(), withoutAmount: { recorded: 0, draft: 0 }, notReplayable: nothing() });

export function addAmount(sum: Growing<Amount>, { number, least, most }: Amount): void {
  sum.number += number;
  sum.least += least;
  sum.most += most;
}

export function addSums(sum: Sums, { recorded, draft, withoutAmount, notReplayable }: PenaltySums): void {
  addAmount(sum.recorded, recorded);
  addAmount(sum.draft, draft);
  sum.withoutAmount.recorded += withoutAmount.recorded;
  sum.withoutAmount.draft += withoutAmount.draft;
  addAmount(sum.notReplayable, notReplayable);
}

export interface PenaltyCounts {
  readonly penalties: Record<PenaltyKind, Sums>;
}

export const noPenalties = (): PenaltyCounts['penalties'] => ({ fine: noSums(), points: noSums(), bonus: noSums() });
