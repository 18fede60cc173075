import type { RebuildOfStop, ScaleResult, Stop } from './stops.js';

/** Replay of one case at the largest log, milliseconds. */
export const P99_MS = 5;

export const SCALE_HEAD = [
  'events', 'filled/s', 'bytes/event', 'events of one case', 'one case, p50 ms', 'p99 ms', 'rebuild, s', 'rebuilt/s', 'processor µs/event', 'RSS, MB', 'live heap, MB',
] as const;

export function scaleRows({ stops }: Pick<ScaleResult, 'stops'>): string[][] {
  return stops.map(({ events, filledPerSecond, bytesPerEvent, replay, rebuild }) => [
    whole(events), whole(filledPerSecond), bytesPerEvent === null ? '' : whole(bytesPerEvent), replay.eventsEach.toFixed(1), replay.p50Ms.toFixed(2), replay.p99Ms.toFixed(2),
    ...(rebuild ? rebuildCells(rebuild) : ['', '', '', '', '']),
  ]);
}

function rebuildCells({ seconds, perSecond, cpuMicros, memory: { earlyRssMb, lateRssMb, earlyHeapMb, lateHeapMb } }: RebuildOfStop): string[] {
  return [seconds.toFixed(1), whole(perSecond), whole(cpuMicros), `${whole(earlyRssMb)} … ${whole(lateRssMb)}`, `${whole(earlyHeapMb)} … ${whole(lateHeapMb)}`];
}

export function lastOf({ stops }: Pick<ScaleResult, 'stops'>): Stop {
  const last = stops.at(-1);
  if (!last) throw new Error('a result without a size says nothing');
  return last;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
