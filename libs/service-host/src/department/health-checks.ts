import type { ViewsStatus } from 'aftercare/projections';
import type { HealthCheck, HealthReport } from '../http/index.js';
import type { Department } from './department.js';

/** A poller that has not moved for this long is stuck, not idle. */
const STALLED_MS = 15_000;

const stalled = (lastBeat: string | null): boolean => lastBeat !== null && Date.now() - Date.parse(lastBeat) > STALLED_MS;

/** A view that is being computed only degrades: commands are taken, its lists say when to ask again. */
export function viewsHealth({ stalled: isStalled, failed, building, lagEvents, lagSeconds }: ViewsStatus): HealthReport {
  const lag = `${lagEvents} events, ${lagSeconds} s behind`;
  const detail = failed ?? (isStalled ? `stalled: ${lag}` : lag);
  return { name: 'views', ok: failed === undefined && !isStalled, degraded: lagEvents > 1_000 || building.length > 0, detail };
}

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
    () => viewsHealth(views.status()),
    () => ({ name: 'bus', ok: true, degraded: !bus.status().connected, detail: bus.status().connected ? 'connected' : 'waiting for NATS' }),
    async () => {
      const { lag, lastBeat } = await parts.relay.status();
      return { name: 'relay', ok: true, degraded: stalled(lastBeat), detail: `${lag} events to publish` };
    },
  ];
}
