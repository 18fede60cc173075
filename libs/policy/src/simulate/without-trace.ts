import type { Recorded } from 'aftercare/kernel';

/**
 * Events that a table decides, and that earlier programs recorded without its trace. What it said then is not known, so it
 * cannot be compared: passing them over would tell a draft that changes the table to change nothing.
 */
const DECIDED_BY: Readonly<Record<string, { readonly key: string; readonly input: string }>> = {
  ComplaintCounted: { key: 'performance.fine.complaint_count', input: 'count' },
};

/** The table that must have been asked; null for an event that needs no trace, or whose question another event of the stream carries. */
export function tableWithoutTrace(event: Recorded, beside: readonly Recorded[]): string | null {
  const decided = Object.hasOwn(DECIDED_BY, event.type) ? DECIDED_BY[event.type] : undefined;
  if (!decided || event.policy) return null;
  const { key, input } = decided;
  const value = (event.data as Readonly<Record<string, unknown>>)[input];
  const isCarried = beside.some(({ policy }) => policy && Object.keys(policy.inputs).length === 1 && policy.inputs[input] === value);
  return isCarried ? null : key;
}
