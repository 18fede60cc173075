import type { Role } from 'aftercare/access';
import type { QuestionKind } from 'aftercare/contracts';

type Roles = readonly [Role, ...Role[]];

/**
 * Whom the route of the answer lets in, by kind of question. A policy may narrow it, as `return.exception_approver` does.
 * A test compares it with the routes.
 */
export const MAY_DECIDE: Readonly<Record<QuestionKind, Roles>> = {
  major: ['intake.administrator', 'intake.head'],
  routing: ['intake.administrator', 'intake.head'],
  grade: ['quality.head'],
  reportability: ['quality.head', 'quality.technical'],
  eligibility: ['logistics.leader', 'logistics.operations-head', 'logistics.after-sales-head', 'logistics.finance'],
  signature: ['logistics.leader', 'logistics.operations-head', 'logistics.after-sales-head', 'logistics.finance'],
  approver: ['manager', 'billing.general-manager'],
};

/** `signature:review:finance` is a question of the kind `signature`. */
export const whoMayDecide = (question: string): string | null => (MAY_DECIDE as Readonly<Record<string, Roles | undefined>>)[question.split(':')[0] ?? '']?.join(' ') ?? null;
