import type { HealthCheck } from '../http/index.js';
import type { Department } from './department.js';

/** A poller that has not moved for this long is stuck, not idle. */
const STALLED_MS = 15_000;

const stalled = (lastBeat: string | null): boolean => lastBeat !== null && Date.now() - Date.parse(lastBeat) > STALLED_MS;

/** The store decides whether the department takes commands; a missing bus or a lagging model only degrades it (D5). */
export function healthChecksOf({ store, views, bus, parts }: Department): readonly HealthCheck[] {
  return [
    () => {
      const behind = parts.strategy.statusOfSources().filter(({ isOwnerBehind }) => isOwnerBehind).map(({ source }) => source);
      // A neighbour whose log is shorter than what was dealt with was set back: its new events would be taken for known ones.
      return { name: 'sources', ok: behind.length === 0, ...(behind.length > 0 && { detail: `log set back: ${behind.join(', ')}` }) };
    },
    async () => {
      const waiting = (await store.quarantined()).length;
      return { name: 'quarantine', ok: true, degraded: waiting > 0, detail: `${waiting} messages put aside` };
    },
    () => {
      const { accepting, reason } = store.status();
      return { name: 'store', ok: accepting, ...(reason && { detail: reason }) };
    },
    () => {
      const { lagEvents, lastBeat, failed } = views.status();
      const down = failed !== undefined || stalled(lastBeat);
      return { name: 'views', ok: !down, degraded: lagEvents > 1_000, detail: failed ?? `${lagEvents} events behind` };
    },
    () => ({ name: 'bus', ok: true, degraded: !bus.status().connected, detail: bus.status().connected ? 'connected' : 'waiting for NATS' }),
    async () => {
      const { lag, lastBeat } = await parts.relay.status();
      return { name: 'relay', ok: true, degraded: stalled(lastBeat), detail: `${lag} events to publish` };
    },
  ];
}
