/** Runs simulations in a thread of its own: asked for a range of seeds, it answers with what came out of them. */
import { parentPort } from 'node:worker_threads';
import { simulateRange, type SimRange } from './sim-range.js';

parentPort?.on('message', (range: SimRange) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void simulateRange(range).then((outcome) => parentPort?.postMessage(outcome));
});
