import type { Actor } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import { Driven, shanghai } from 'aftercare/testing';
import type { ComplaintCommand } from '../complaint/complaint.js';
import { complaint } from '../complaint/complaint.decide.js';

const ADMINISTRATOR: Actor = { id: 'u-1', role: 'intake.administrator' };

/** Heard of and taken down at the same moment unless `awareAt` says otherwise; wall-clock times in Shanghai. */
export const register = (local: string, awareAt = local): ComplaintCommand => ({
  type: 'RegisterComplaint', channel: 'hotline', awareAt: shanghai(awareAt), locality: 'local', complainant: '王芳', subject: '态度', demand: '道歉',
});
export const asService: ComplaintCommand = { type: 'ClassifyComplaint', class: 'service' };
export const asQuality: ComplaintCommand = {
  type: 'ClassifyComplaint', class: 'product-quality', goods: { productName: '输液泵', notKnown: ['lot', 'manufacturedOn', 'arrivedOn'] },
};
export const contact = (local: string): ComplaintCommand => ({ type: 'RecordFirstContact', contactedAt: shanghai(local), note: 'n' });
export const judge = (companyError: boolean): ComplaintCommand =>
  ({ type: 'DetermineValidity', groundsSufficient: companyError, demandReasonable: companyError, companyError, explanation: 'e' });
export const escalate: ComplaintCommand = { type: 'EscalateToHead', to: 'u-5', why: 'w' };
export const opinion: ComplaintCommand = { type: 'GiveHandlingOpinion', opinion: 'o' };
export const relay: ComplaintCommand = { type: 'SendProgressUpdate', note: 'n' };
export const plan: ComplaintCommand = { type: 'FixHandlingPlan', remedies: ['apology'], plan: 'p' };
export const carryOut: ComplaintCommand = { type: 'RecordImplementation', note: 'n' };
export const communicate: ComplaintCommand = { type: 'CommunicateOutcome', message: 'm' };
export const promise = (local: string): ComplaintCommand => ({ type: 'SendInterimReply', reply: 'r', promisedAt: shanghai(local) });
export const customerSays = (outcome: 'satisfied' | 'dissatisfied', round = 1): ComplaintCommand =>
  ({ type: 'NoteSatisfaction', outcome, callbackId: 'cb', remark: null, round });
export const flagMajor = (learned: string): ComplaintCommand => ({ type: 'FlagMajor', trigger: 'public-exposure', learnedAt: shanghai(learned) });

/** A case in the course of time, under the policy of the example company unless another is given. */
export const complaintCase = (policy?: PolicySet) => new Driven(complaint, { actor: ADMINISTRATOR, ...(policy && { policy }) });
export type ComplaintCase = ReturnType<typeof complaintCase>;

/** A case registered then, with its class where one is given. */
export function registered(local: string, kind?: ComplaintCommand, policy?: PolicySet): ComplaintCase {
  const one = complaintCase(policy);
  one.send(local, register(local));
  if (kind) one.send(local, kind);
  return one;
}

/** What one clock said, without its name: `2026-09-18 19:00 warn 50`. */
export const of = (clock: string, said: readonly string[]): string[] => said.filter((line) => line.includes(` ${clock} `)).map((line) => line.replace(` ${clock} `, ' '));
