import type { Seeded } from 'aftercare/testing';

/** Everything that chance decides about one run before it begins. */
export interface SimOptions {
  readonly operations: number;
  readonly cases: number;
  readonly faultPhaseMs: number;
  /** Chance that a message, an ack or a request is lost, and that a message comes twice or out of its turn. */
  readonly loss: number;
  readonly doubling: number;
  readonly reordering: number;
  /** Chance at every step of a department that it dies there. */
  readonly crash: number;
  /** Chance that a store refuses for a while. */
  readonly storeAway: number;
  readonly latencyMs: number;
  /** Mean time between two larger faults: amnesia, roll-back, cut, stop, clock step. */
  readonly faultEveryMs: number;
  readonly ackWaitMs: number;
  readonly quietMs: number;
  readonly lookMs: number;
  readonly pollMs: number;
  readonly window: number;
}

/** Some runs are calm in one respect, so that the faults are seen one by one as well as together. */
export function optionsFrom(random: Seeded): SimOptions {
  const often = (most: number): number => (random.chance(0.3) ? 0 : random.next() * most);
  return {
    operations: random.int(4, 12), cases: random.int(1, 4), faultPhaseMs: random.int(4, 12) * 1_000,
    loss: often(0.25), doubling: often(0.25), reordering: often(0.25), crash: often(0.03), storeAway: often(0.02),
    latencyMs: random.pick([0, 2, 20, 200]), faultEveryMs: random.pick([500, 1_500, 4_000]),
    ackWaitMs: random.pick([500, 2_000, 5_000]), quietMs: random.pick([500, 2_000]), lookMs: random.pick([100, 500]),
    pollMs: random.pick([200, 1_000]), window: random.pick([1, 3, 16]),
  };
}
