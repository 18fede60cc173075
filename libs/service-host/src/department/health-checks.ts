import type { QuarantineEntry } from 'aftercare/event-store';
import { isAlarmName, type SourceStatus } from 'aftercare/messaging';
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
    () => sourcesCheck(parts.strategy.statusOfSources()),
    async () => quarantineCheck(await store.quarantined()),
    () => {
      const { accepting, reason } = store.status();
      return { name: 'store', ok: accepting, ...(reason && { detail: reason }) };
    },
    () => viewsHealth(views.status()),
    () => ({ name: 'bus', ok: true, degraded: !bus.status().connected, detail: bus.status().connected ? 'connected' : 'waiting for NATS' }),
    async () => {
      const { lag, lastBeat, state } = await parts.relay.status();
      return { name: 'relay', ok: state !== 'the stream holds more than the log', degraded: stalled(lastBeat) || state !== 'publishing', detail: `${state}, ${lag} events to publish` };
    },
  ];
}

/** A message put aside waits for somebody; that a log was set back concerns every message, and ends only with a signature. */
export function quarantineCheck(entries: readonly QuarantineEntry[]): HealthReport {
  const alarms = entries.filter(({ source }) => isAlarmName(source));
  const detail = alarms.length > 0 ? alarms.map(({ reason }) => reason).join('; ') : `${entries.length} messages put aside`;
  return { name: 'quarantine', ok: alarms.length === 0, degraded: entries.length > 0, detail };
}

/** A source that nothing is heard of looks like one that is quiet; only the beat of its consumer tells them apart. */
export function sourcesCheck(sources: readonly SourceStatus[]): HealthReport {
  // A neighbour whose log is shorter than what was dealt with was set back: its new events would be taken for known ones.
  const behind = sources.filter(({ isOwnerBehind }) => isOwnerBehind);
  if (behind.length > 0) return { name: 'sources', ok: false, detail: `log set back: ${namesOf(behind)}` };
  const unheard = sources.filter(({ state, lastBeat, missingSince }) => state !== 'listening' || stalled(lastBeat) || missingSince !== null);
  const detail = [
    ...(unheard.length > 0 ? [`not heard whole: ${namesOf(unheard)}`] : []),
    ...sources.flatMap(({ source, waitsFor }) => (waitsFor === null ? [] : [`${source} waits: ${waitsFor}`])),
  ].join('; ');
  return { name: 'sources', ok: true, degraded: detail !== '', ...(detail !== '' && { detail }) };
}

const namesOf = (sources: readonly SourceStatus[]): string => sources.map(({ source, state }) => `${source} (${state})`).join(', ');
