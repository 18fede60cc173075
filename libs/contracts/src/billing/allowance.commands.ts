import type { MoneyPart } from '../shared/command-parts.js';
import type { ApproverRole } from './approval.events.js';

interface OfSignature {
  readonly person: string;
  /** `YYYY-MM`. */
  readonly period: string;
  readonly approval: string;
  readonly signature: string;
}

/** Commands given by reactions only; no route leads to them. */
export interface TakeAllowance extends OfSignature { readonly role: ApproverRole; readonly amount: MoneyPart; readonly limit: MoneyPart }
export type ReleaseAllowance = OfSignature;

export interface AllowanceCommands { TakeAllowance: TakeAllowance; ReleaseAllowance: ReleaseAllowance }
