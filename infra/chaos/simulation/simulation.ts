import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../../launcher/project-root.js';
import { scaled, within, type Chaos, type Findings, type Suite } from '../suite.js';
import { SIM_PLANTS, type SimPlant } from './sim-plants.js';
import { simulateRange, type SimOutcome, type SimRange } from './sim-range.js';

const TARGET = 20_000;
/** Within so many runs every planted bug has to show itself. */
const PLANT_WITHIN = 1_000;
const CHUNK = 50;
const CHUNK_MS = 120_000;
const MOST_THREADS = 8;

/** The real relay, inbox and catching-up code of three departments in one process, in virtual time. */
export const simulation: Suite = {
  name: 'simulation',
  about: 'relay, inbox, catching up and reactions of three departments in virtual time: messages lost, doubled and shuffled, a bus that forgets, departments that die at any await, disks that refuse, clocks that jump',
  plants: SIM_PLANTS,
  async run(chaos: Chaos): Promise<Findings> {
    const wanted = chaos.planted === null ? scaled(TARGET, chaos) : PLANT_WITHIN;
    const plant = chaos.planted as SimPlant | null;
    const outcomes = plant === null ? await inThreads(chaos, wanted) : [await simulateRange({ seed: chaos.random.seed, from: 0, to: wanted, plant })];
    const sum = (member: 'runs' | 'steps' | 'acknowledged' | 'refused' | 'unknown'): number => outcomes.reduce((total, outcome) => total + outcome[member], 0);
    const bad = outcomes.flatMap(({ firstBad }) => (firstBad === null ? [] : [firstBad]));
    return {
      figures: [{ what: 'simulated seeds', target: TARGET, reached: sum('runs') }],
      acknowledged: sum('acknowledged'), refused: sum('refused'), unknown: sum('unknown'), violations: outcomes.flatMap(({ violations }) => violations),
      notes: [
        `${Math.round(sum('steps') / Math.max(1, sum('runs')))} steps a seed`,
        ...bad.map((run) => `step by step: npm run chaos -- --seed ${chaos.random.seed.split('/')[0]} --trace ${run}`),
      ],
    };
  },
};

async function inThreads(chaos: Chaos, wanted: number): Promise<SimOutcome[]> {
  const program = join(projectRoot(), 'dist', 'infra', 'chaos', 'simulation', 'sim-worker.js');
  const threads = Array.from({ length: Math.min(MOST_THREADS, availableParallelism()) }, () => new Worker(program));
  const outcomes: SimOutcome[] = [];
  let next = 0;
  let done = 0;
  const work = async (thread: Worker): Promise<void> => {
    while (next < wanted && outcomes.every(({ firstBad }) => firstBad === null)) {
      const from = next;
      next = Math.min(wanted, from + CHUNK);
      const outcome = await within(CHUNK_MS, `runs ${from} to ${next}`, answerOf(thread, { seed: chaos.random.seed, from, to: next, plant: null }));
      outcomes.push(outcome);
      done += outcome.runs;
      if (Math.floor(done / 1_000) > Math.floor((done - outcome.runs) / 1_000)) chaos.say(`${done} of ${wanted} seeds`);
    }
  };
  try {
    await Promise.all(threads.map(work));
    return outcomes;
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function answerOf(thread: Worker, range: SimRange): Promise<SimOutcome> {
  return new Promise((done, failed) => {
    const stop = (): void => {
      thread.off('message', answered);
      thread.off('error', broke);
    };
    const answered = (outcome: SimOutcome): void => { stop(); done(outcome); };
    const broke = (error: Error): void => { stop(); failed(error); };
    thread.on('message', answered);
    thread.on('error', broke);
    thread.postMessage(range); // oxlint-disable-line unicorn/require-post-message-target-origin -- a thread, not a window
  });
}
