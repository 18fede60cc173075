const MB = 2 ** 20;
const EVERY_MS = 50;
const TENTHS = 10;

export interface MemoryOfWork {
  /** Highest resident memory in the second and in the last tenth of the work. */
  readonly earlyRssMb: number;
  readonly lateRssMb: number;
  /** Lowest heap in the same tenths: what the collector could not take away. */
  readonly earlyHeapMb: number;
  readonly lateHeapMb: number;
}

interface Sample {
  readonly at: number;
  readonly rss: number;
  readonly heap: number;
}

/** Watches this process while `work` runs. The first tenth is left out: tables, caches and compiled code are being made then. */
export async function memoryDuring<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly memory: MemoryOfWork }> {
  const samples: Sample[] = [];
  const take = (): void => {
    const { rss, heapUsed } = process.memoryUsage();
    samples.push({ at: performance.now(), rss: rss / MB, heap: heapUsed / MB });
  };
  take();
  const timer = setInterval(take, EVERY_MS);
  try {
    const result = await work();
    take();
    return { result, memory: compared(samples) };
  } finally {
    clearInterval(timer);
  }
}

function compared(samples: readonly Sample[]): MemoryOfWork {
  const [began, ended] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
  const tenth = (which: number): readonly Sample[] => {
    const inside = samples.filter(({ at }) => Math.min(TENTHS - 1, Math.floor(((at - began) / Math.max(1, ended - began)) * TENTHS)) === which);
    return inside.length > 0 ? inside : samples;
  };
  const [early, late] = [tenth(1), tenth(TENTHS - 1)];
  return {
    earlyRssMb: Math.max(...early.map(({ rss }) => rss)), lateRssMb: Math.max(...late.map(({ rss }) => rss)),
    earlyHeapMb: Math.min(...early.map(({ heap }) => heap)), lateHeapMb: Math.min(...late.map(({ heap }) => heap)),
  };
}
