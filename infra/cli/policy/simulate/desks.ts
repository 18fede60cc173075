import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SimulationDesk } from './desk.js';
import type { CaseChunk, ChunkResult, SimulationPlan } from './plan.js';

/** A thread needs about a second to load the departments; below this many cases one desk is done sooner. */
const THREADS_FROM_CASES = 3_000;
const MOST_THREADS = 4;
/** Chunks under way or done before the one that is waited for, for each desk; more would only be memory. */
const AHEAD = 4;

/**
 * Events live as long as their case is told, and records as long as their chunk: with room for several cases few of them
 * reach the old generation. With two thirds of it a tenth more time goes into collecting.
 */
const YOUNG_MB = 96;

interface Desk {
  simulate(chunk: CaseChunk): Promise<ChunkResult>;
  close(): Promise<unknown>;
}

export interface Simulated extends ChunkResult { readonly chunk: CaseChunk }

/** Results in the order of the chunks, whichever desk is done first. @throws what a desk throws */
export async function* simulated(plan: SimulationPlan, chunks: readonly CaseChunk[], threads = threadsFor(chunks)): AsyncGenerator<Simulated> {
  const desks: readonly Desk[] = threads > 1 ? Array.from({ length: threads }, () => new ThreadDesk(plan)) : [new SimulationDesk(plan)];
  const idle = [...desks];
  const waiting: ((desk: Desk) => void)[] = [];
  const free = (desk: Desk): void => { (waiting.shift() ?? ((one) => { idle.push(one); }))(desk); };
  const run = async (chunk: CaseChunk): Promise<ChunkResult> => {
    const desk = idle.pop() ?? await new Promise<Desk>((resolve) => { waiting.push(resolve); });
    return desk.simulate(chunk).finally(() => { free(desk); });
  };
  const underWay: { readonly chunk: CaseChunk; readonly result: Promise<ChunkResult> }[] = [];
  try {
    for (const chunk of chunks) {
      const result = run(chunk);
      // Whoever waits for it is told; until then nobody may be waiting.
      result.catch(() => undefined);
      underWay.push({ chunk, result });
      if (underWay.length < desks.length * AHEAD) continue;
      yield* first(underWay);
    }
    while (underWay.length > 0) yield* first(underWay);
  } finally {
    await Promise.all(desks.map((desk) => desk.close()));
  }
}

async function* first(underWay: { readonly chunk: CaseChunk; readonly result: Promise<ChunkResult> }[]): AsyncGenerator<Simulated> {
  const next = underWay.shift();
  if (next) yield { chunk: next.chunk, ...await next.result };
}

function threadsFor(chunks: readonly CaseChunk[]): number {
  const cases = chunks.reduce((sum, chunk) => sum + chunk.cases, 0);
  return cases < THREADS_FROM_CASES ? 1 : Math.min(MOST_THREADS, availableParallelism(), chunks.length);
}

/** A desk in a thread of its own. */
class ThreadDesk implements Desk {
  private readonly worker: Worker;
  private readonly failed: Promise<never>;

  constructor(plan: SimulationPlan) {
    this.worker = new Worker(new URL('./desk-worker.js', import.meta.url), { workerData: plan, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.failed = once(this.worker, 'error').then(([error]) => { throw error; });
    this.failed.catch(() => undefined);
  }

  async simulate(chunk: CaseChunk): Promise<ChunkResult> {
    const answered = once(this.worker, 'message');
    this.worker.postMessage(chunk, []);
    const [result] = await Promise.race([answered, this.failed]) as [ChunkResult];
    return result;
  }

  close(): Promise<unknown> {
    return this.worker.terminate();
  }
}
