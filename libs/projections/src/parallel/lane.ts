import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FoldFailure } from '../folded-table.js';
import type { FillBatch, FillOrder, FromWorker, ToWorker } from './messages.js';

/** Batches a worker may have before it; more would only be memory. */
const AHEAD = 4;

/** A view cannot be folded in parts: one of its rows depends on events of several. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
  constructor(readonly view: string) {
    super(`rows of ${view} depend on events of several streams`);
  }
}

/** One thread, and how much it has before it. */
export class Lane {
  readonly #worker: Worker;
  readonly #failed: Promise<never>;
  #before = 0;
  #last: FromWorker = { failures: [], unfit: null, finished: false };
  #answered: () => void = () => undefined;

  constructor(order: FillOrder) {
    this.#worker = new Worker(new URL('./fill-worker.js', import.meta.url), { workerData: order });
    this.#worker.on('message', (message: FromWorker) => {
      this.#last = message;
      this.#before -= 1;
      this.#answered();
    });
    this.#failed = once(this.#worker, 'error').then(([error]) => { throw error; });
    // Nobody may be asking when it fails; whoever asks next is told.
    this.#failed.catch(() => undefined);
  }

  /** Resolves when there is room for more. @throws Unfit, or what ended the thread */
  async send(indexes: readonly number[], events: readonly Buffer[]): Promise<void> {
    if (indexes.length === 0) return;
    await this.#until(() => this.#before < AHEAD);
    this.#post(packed(indexes, events));
  }

  /** Every row is in its table afterwards. @returns where folds threw @throws Unfit, or what ended the thread */
  async finish(): Promise<readonly FoldFailure[]> {
    this.#post('finish');
    await this.#until(() => this.#last.finished);
    return this.#last.failures;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #until(met: () => boolean): Promise<void> {
    while (!met()) await Promise.race([new Promise<void>((resolve) => { this.#answered = resolve; }), this.#failed]);
    if (this.#last.unfit !== null) throw new Unfit(this.#last.unfit);
  }

  #post(message: ToWorker): void {
    this.#before += 1;
    this.#worker.postMessage(message, message === 'finish' ? [] : [message.indexes.buffer, message.ends.buffer, message.bytes.buffer]);
  }
}

function packed(indexes: readonly number[], events: readonly Buffer[]): FillBatch {
  const ends = new Uint32Array(events.length);
  let length = 0;
  events.forEach((event, i) => { length += event.length; ends[i] = length; });
  const bytes = new Uint8Array(length);
  events.forEach((event, i) => { bytes.set(event, (ends[i] as number) - event.length); });
  return { indexes: Float64Array.from(indexes), ends, bytes };
}
