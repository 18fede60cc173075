import colors from 'picocolors';
import { facts, plain, table } from '../table.js';
import { onBusinessClock } from '../time.js';
import { departmentName } from '../where-everything-is.js';
import type { CaseSummary } from './case-summary.js';
import { details, ruleOf, whatHappened } from './describe-event.js';
import type { CaseEvent } from './recorded-event.js';

/** `personal` adds the opened texts; without it nothing personal reaches the screen. */
export function renderTimeline(timeline: readonly CaseEvent[], personal: boolean): string {
  const turns = turnsOfVersion(timeline);
  const rows = timeline.map((event) => [
    onBusinessClock(event.recordedAt),
    departmentName(event.log),
    String(event.index),
    [whatHappened(event.type), details(event), personal ? personalTexts(event) : ''].filter(Boolean).join('\n'),
    `${plain(event.actor.id)}\n${colors.dim(plain(event.actor.role))}`,
    [...ruleOf(event), turns.has(event) ? `under ${plain(event.adoption ?? '')}` : ''].filter(Boolean).join('\n'),
  ]);
  return table(['Recorded (Asia/Shanghai)', 'Department', 'No.', 'What happened', 'Who', 'Rule'], rows);
}

/** The events that tell another policy version than the one before them, and the first. Nearly every case has only that. */
function turnsOfVersion(timeline: readonly CaseEvent[]): ReadonlySet<CaseEvent> {
  const telling = timeline.filter(({ adoption }) => adoption !== undefined);
  return new Set(telling.filter(({ adoption }, at) => adoption !== telling[at - 1]?.adoption));
}

function personalTexts(event: CaseEvent): string {
  return Object.entries(event.personal?.fields ?? {}).map(([name, text]) => `${name}: ${plain(text)}`).join('\n');
}

export function renderSummary(summary: CaseSummary): string {
  const list = (texts: readonly string[]): string => texts.map(plain).join(', ');
  return facts([
    ['Case', `${summary.number}  ${colors.dim(summary.caseId)}`],
    ['Stage', `${colors.bold(summary.stage)}, round ${summary.round}${summary.closedBecause ? `, ${summary.closedBecause}` : ''}`],
    ['Policy', summary.policy && plain(summary.policy)],
    ['Class', [summary.class, summary.valid === null ? null : summary.valid ? 'valid' : 'unfounded'].filter(Boolean).join(', ')],
    ['Handler', summary.handler && plain(summary.handler)],
    ['Verdict', summary.verdict],
    ['Remedies', list(summary.remedies)],
    ['Settled', list(summary.settled)],
    ['Satisfaction', summary.satisfaction],
    ['Sale stopped', list(summary.heldLots)],
    ['Due', summary.deadlines.map(({ clock, dueAt, breached }) =>
      `${plain(clock)} ${dueAt ? onBusinessClock(dueAt) : 'undetermined: ask a person'}${breached ? colors.red(' late') : ''}`).join('\n')],
  ]);
}

export function renderDepartments(summary: CaseSummary): string {
  const rows = Object.entries(summary.departments).map(([name, { events, last, at }]) => [departmentName(name), String(events), onBusinessClock(at), whatHappened(last)]);
  return table(['Department', 'Events', 'Last', ''], rows);
}

/** The line that keeps a partial picture from passing for the whole. */
export function missingLine(missing: readonly string[]): string {
  return `incomplete: ${missing.join(', ')} did not answer, so what ${missing.length > 1 ? 'they' : 'it'} recorded is missing here; repeat when \`aftercare status\` shows all ready.`;
}
