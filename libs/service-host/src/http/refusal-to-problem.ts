import type { Refusal } from 'aftercare/kernel';
import { HttpProblem, type Problem } from './problems.js';

/** How an expected "no" of a decider looks from outside: same code, rule and field, and the status that fits. */
export function refusalToProblem(refusal: Refusal): Problem {
  const { refused, message, rule, field } = refusal;
  return { status: statusOfRefusal(refused), code: refused, detail: message, ...(rule && { rule }), ...(field && { field }) };
}

/** For a controller that holds a refusal and has to end the request. */
export function problemOfRefusal(refusal: Refusal): HttpProblem {
  return new HttpProblem(refusalToProblem(refusal));
}

function statusOfRefusal(code: string): number {
  if (code === 'not-a-case-id') return 400;
  if (code === 'wrong-stage') return 409;
  if (code.startsWith('unknown-')) return 404;
  if (code === 'separation-of-duties' || code === 'not-your-role') return 403;
  return 422;
}
