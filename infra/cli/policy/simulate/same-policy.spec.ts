import fc from 'fast-check';
import { lotId } from 'aftercare/kernel';
import { draftOf, noCounts, shippedAdoption, Simulation, type AdoptionDocument, type Difference, type SimulationCounts } from 'aftercare/policy';
import { Recording } from 'aftercare/testing';
import { AGGREGATES } from './aggregates.js';
import type { Department } from './plan.js';
import { randomComplaint, randomInvestigation, randomStopSale, type Draw } from './spec/random-case.js';
import { randomFee, randomIncentive } from './spec/random-money.js';
import { randomReturn } from './spec/random-return.js';

/** Ten times as many for a longer look. */
const RUNS = Number(process.env['SIMULATE_RUNS'] ?? 150);
const OPENED = '2026-03-02T01:30:00.000Z';
const LOT = lotId('DV-100', 'L-77');

const shipped = JSON.parse(shippedAdoption().document) as AdoptionDocument;
const inForce = draftOf(shipped.company, shipped.packs);
/** Beside an adoption with other working windows the same terms need not come to the same: every step is reckoned on both sides. */
const elsewhere: AdoptionDocument = { ...shipped, company: { ...shipped.company, version: 99, windows: {} } };
const NOTHING: SimulationCounts = noCounts();

async function simulated(recording: Recording, department: Department, horizon: string, adopted: readonly AdoptionDocument[]) {
  const simulation = new Simulation({
    department, aggregates: await AGGREGATES[department](), draft: inForce, adopted, horizon,
  });
  const differences: Difference[] = [];
  for (const caseId of new Set(recording.events.map(({ correlationId }) => correlationId))) {
    differences.push(...await simulation.differencesOf(caseId, recording.ofCase(caseId), async (stream) => recording.ofStream(stream)));
  }
  return { differences, counts: simulation.counts };
}

/** What a policy that changes nothing may count, besides what it looked at. */
async function expectNothingChanges(recording: Recording, department: Department, horizon: string, adopted: readonly AdoptionDocument[]): Promise<SimulationCounts> {
  const { differences, counts } = await simulated(recording, department, horizon, adopted);
  expect(differences).toEqual([]);
  const { events, decisions, breachesKept, undeterminedClocksKept, undeterminedKept, penalties } = counts;
  expect(counts).toEqual({ ...NOTHING, events, decisions, breachesKept, undeterminedClocksKept, undeterminedKept, penalties });
  for (const { recorded, draft, withoutAmount, notReplayable } of Object.values(penalties)) {
    expect([draft, withoutAmount.draft, notReplayable.number]).toEqual([recorded, withoutAmount.recorded, 0]);
  }
  return counts;
}

describe('the very policy that was in force', () => {
  it.each([
    ['intake', (recording: Recording, draw: Draw) => randomComplaint(recording, draw, OPENED)],
    ['quality', (recording: Recording, draw: Draw) => randomInvestigation(recording, draw, OPENED)],
    ['quality', (recording: Recording, draw: Draw) => randomStopSale(recording, draw, OPENED, LOT)],
  ] as const)('changes nothing for recorded cases of %s: pauses, later rounds, late entries, a watch that looks late', async (department, record) => {
    const seen = { breaches: 0, paused: 0, clocks: 0, kept: 0 };
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.nat(20), async (numbers, days) => {
      const recording = new Recording(department);
      const draw: Draw = (below) => (numbers.next().value as number) % below;
      const ended = record(recording, draw);
      const horizon = new Date(Math.max(Date.parse(OPENED), Date.parse(ended) + (days - 10) * 86_400_000)).toISOString();
      const { breachesKept } = await expectNothingChanges(recording, department, horizon, days % 2 === 0 ? [shipped] : [shipped, elsewhere]);
      seen.breaches += recording.breaches;
      seen.kept += breachesKept;
      seen.paused += recording.events.filter(({ type }) => type === 'DeadlinesPaused').length;
      seen.clocks += recording.events.filter(({ type }) => type === 'DeadlinesSet').length;
    }), { numRuns: RUNS, seed: 20_260_302 });
    expect(seen.clocks).toBeGreaterThan(RUNS / 4);
    // Most of what can differ does happen in these cases.
    expect(seen.kept).toBeGreaterThan(RUNS / 10);
  }, 120_000);

  it.each([
    ['logistics', 'returns', randomReturn, ['ReturnStockedIn', 'ReturnRejected', 'ReturnEligibilityUndetermined', 'ReturnEligibilityDecided', 'ReturnExceptionRequested']],
    ['billing', 'fees', randomFee, ['ServiceFeeApproved', 'ServiceFeeRejected', 'ApproverUndetermined', 'ApproverAppointed', 'ServiceFeeWaived']],
    ['billing', 'fines and bonuses', randomIncentive, ['ComplaintCounted', 'FaultCounted', 'IncentiveReplaced', 'IncentiveProposed']],
  ] as const)('changes nothing in %s for %s, whoever answered', async (department, _, record, types) => {
    const seen = new Map<string, number>();
    let decisions = 0;
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.nat(20), async (numbers, days) => {
      const recording = new Recording(department);
      const ended = record(recording, (below) => (numbers.next().value as number) % below, OPENED);
      const horizon = new Date(Math.max(Date.parse(OPENED), Date.parse(ended) + (days - 5) * 86_400_000)).toISOString();
      decisions += (await expectNothingChanges(recording, department, horizon, days % 2 === 0 ? [shipped] : [shipped, elsewhere])).decisions;
      for (const { type } of recording.events) seen.set(type, (seen.get(type) ?? 0) + 1);
    }), { numRuns: RUNS, seed: 20_260_302 });
    expect([...seen.keys()]).toEqual(expect.arrayContaining([...types]));
    expect(decisions).toBeGreaterThan(RUNS);
  }, 120_000);
});
