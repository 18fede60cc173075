import { randomUUID } from 'node:crypto';
import { percentile } from '../statistics.js';
import { Line, postBytes, type Shot } from './wire.js';

export interface LoadOrder extends Shot {
  /** Connections, each with one request under way. */
  readonly inFlight: number;
  readonly seconds: number;
}

export interface LoadReport {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 201, by status. */
  readonly refused: Readonly<Record<string, number>>;
}

/** Every connection sends its next request when the last is answered, until the time is up. Warm-up is a report thrown away. */
export async function fireInClosedLoop(order: LoadOrder): Promise<LoadReport> {
  const lines = Array.from({ length: order.inFlight }, () => new Line(order.url));
  const took: number[] = [];
  const refused: Record<string, number> = {};
  const began = performance.now();
  const end = began + order.seconds * 1_000;
  await Promise.all(lines.map(async (line) => {
    for (let sent = performance.now(); sent < end; sent = performance.now()) {
      const status = await line.send(postBytes(order, randomUUID()));
      if (status === 201) took.push(performance.now() - sent);
      else refused[status] = (refused[status] ?? 0) + 1;
    }
  }));
  const elapsed = performance.now() - began;
  for (const line of lines) line.close();
  return { perSecond: (took.length / elapsed) * 1_000, p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99), refused };
}
