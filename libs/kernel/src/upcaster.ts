import type { Recorded } from './event.js';

/** Brings the content of one released version of an event to the next one. Pure, and never edited once released. */
export interface Upcaster {
  /** Department whose log holds the event. */
  readonly log: string;
  readonly type: string;
  /** Version that is read; the result is of version `from + 1`. */
  readonly from: number;
  /** Content of the next version. What the old record did not say must not be invented: it is null. */
  data(event: Recorded): object;
}

/** The recorded event in its newest version. The stored bytes stay what they were. */
export type Upcast = (event: Recorded) => Recorded;

/** @throws Error for two upcasters of one step: which of them read the past would depend on their order. */
export function upcasting(upcasters: readonly Upcaster[]): Upcast {
  const steps = new Map<string, Upcaster>();
  for (const upcaster of upcasters) {
    const step = stepOf(upcaster.log, upcaster.type, upcaster.from);
    if (steps.has(step)) throw new Error(`two upcasters for ${step}`);
    steps.set(step, upcaster);
  }
  return (event) => {
    let newest = event;
    for (let step = steps.get(stepOf(event.log, event.type, event.schema)); step; step = steps.get(stepOf(newest.log, newest.type, newest.schema))) {
      newest = { ...newest, data: step.data(newest), schema: newest.schema + 1 };
    }
    return newest;
  };
}

function stepOf(log: string, type: string, from: number): string {
  return `${log}.${type} v${from}`;
}
