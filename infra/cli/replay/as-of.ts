import { CliFailure, EXIT } from '../exit-codes.js';
import { parseInstant } from '../time.js';
import type { CaseEvent } from './recorded-event.js';

export interface AsOf {
  readonly at?: string;
  readonly version?: string;
}

/**
 * The timeline as it stood: at a time (what was recorded by then), or right after version N of the case's own record,
 * that is the stream of its opening event. @throws CliFailure
 */
export function cutTimeline(timeline: readonly CaseEvent[], { at, version }: AsOf): readonly CaseEvent[] {
  if (at !== undefined && version !== undefined) throw new CliFailure(EXIT.usage, 'give --at or --version, not both.');
  if (at !== undefined) {
    const instant = parseInstant(at);
    return timeline.filter(({ recordedAt }) => recordedAt <= instant);
  }
  if (version === undefined) return timeline;
  const stream = openingStream(timeline);
  const wanted = /^\d+$/.test(version) ? Number(version) : Number.NaN;
  const end = timeline.findIndex((event) => event.stream === stream && event.version === wanted);
  if (end >= 0) return timeline.slice(0, end + 1);
  const last = timeline.findLast((event) => event.stream === stream)?.version ?? 0;
  throw new CliFailure(EXIT.usage, `--version is a number from 0 to ${last} for this case, not "${version}".`);
}

function openingStream(timeline: readonly CaseEvent[]): string | undefined {
  return (timeline.find(({ log, version }) => log === 'intake' && version === 0) ?? timeline[0])?.stream;
}
