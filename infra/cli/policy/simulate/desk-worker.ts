import { parentPort, workerData } from 'node:worker_threads';
import { SimulationDesk } from './desk.js';
import type { CaseChunk, SimulationPlan } from './plan.js';

const desk = new SimulationDesk(workerData as SimulationPlan);

parentPort?.on('message', (chunk: CaseChunk) => {
  // What it throws ends the thread, and whoever waits for the answer is told.
  void desk.simulate(chunk).then((result) => { parentPort?.postMessage(result, []); }, (error: unknown) => { setImmediate(() => { throw error; }); });
});
