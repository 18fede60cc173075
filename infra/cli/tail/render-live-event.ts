import colors from 'picocolors';
import { details, whatHappened } from '../replay/describe-event.js';
import type { CaseEvent } from '../replay/recorded-event.js';
import { plain } from '../table.js';
import { onBusinessClock } from '../time.js';
import { departmentName } from '../where-everything-is.js';

/** One event in one line. */
export function renderLiveEvent(event: CaseEvent): string {
  const more = details(event);
  return [
    colors.dim(onBusinessClock(event.recordedAt)),
    colors.cyan(`${departmentName(event.log)}:${event.index}`),
    whatHappened(event.type),
    more,
    colors.dim(`${plain(event.correlationId)} ${plain(event.actor.id)}`),
  ].filter(Boolean).join('  ');
}
