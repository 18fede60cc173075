import type { Recorded } from 'aftercare/kernel';
import { approvalDecisions } from './billing/approval.open-decisions.js';
import { complaintDecisions } from './intake/complaint.open-decisions.js';
import { returnDecisions } from './logistics/return.open-decisions.js';
import { investigationDecisions, reactionReportDecisions } from './quality/quality.open-decisions.js';
import type { DecisionStep, StepsOf } from './shared/open-decisions.js';

/** By kind of stream: events of other kinds may one day have the same name. */
const STEPS: Readonly<Record<string, object>> = {
  complaint: complaintDecisions, investigation: investigationDecisions, reactionReport: reactionReportDecisions,
  return: returnDecisions, approval: approvalDecisions,
};

/** Kinds of questions that wait for a person. `signature` comes as `signature:<step>:<signer>`, the others as they are. */
export const QUESTION_KINDS = ['major', 'routing', 'grade', 'reportability', 'eligibility', 'signature', 'approver'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Whether any record can ask this; a list of anything else would be empty whatever waits. */
export function isQuestion(text: string): boolean {
  return text.startsWith('signature:') ? /^signature:[^:]+:[^:]+$/.test(text) : text !== 'signature' && (QUESTION_KINDS as readonly string[]).includes(text);
}

const NONE: readonly DecisionStep[] = [];

/** What an event does to the questions that wait for a person; nothing for most events. */
export function decisionSteps(event: Recorded): readonly DecisionStep[] {
  const ofStream = STEPS[event.stream.slice(0, event.stream.indexOf('-'))] as StepsOf<never> | undefined;
  if (!ofStream || !Object.hasOwn(ofStream, event.type)) return NONE;
  return (ofStream as Readonly<Record<string, (event: Recorded) => readonly DecisionStep[]>>)[event.type]?.(event) ?? NONE;
}

/** Types of the events that say something about questions, by kind of stream. */
export const decisionEventTypes: Readonly<Record<string, readonly string[]>> =
  Object.fromEntries(Object.entries(STEPS).map(([kind, steps]) => [kind, Object.keys(steps)]));
