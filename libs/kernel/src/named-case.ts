/** The id that a case got when it was opened: a UUIDv7 in lower case, without the `.<round>` of what exists once per round. */
export const OPENED_CASE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The case that a command names, or null. Any command with a `caseId` names one: a declaration per aggregate or per
 * route could be forgotten, and what the command opens would then belong to no case but itself.
 */
export function caseNamedBy(command: object): string | null {
  const { caseId } = command as { readonly caseId?: unknown };
  return typeof caseId === 'string' ? caseId : null;
}
