import { cny } from 'aftercare/kernel';
import { idAt, type Recording } from 'aftercare/testing';
import { approval } from '../../../../../services/billing/src/approval/approval.decide.js';
import { incentive } from '../../../../../services/billing/src/incentive/incentive.decide.js';
import { incentiveId } from '../../../../../services/billing/src/incentive/incentive.js';
import type { Draw } from './random-case.js';
import { walk, type Told } from './random-walk.js';

const note = '已记录';
const who = (role: string, id = role) => ({ id, role: `billing.${role}` });
const MANAGER = { id: 'u-boss', role: 'manager' };
const SYSTEM = { id: 'reaction', role: 'system' };
const AMOUNTS = [99_999, 100_000, 500_000, 500_001, 50_000];
const SIGNERS = ['after-sales-manager', 'sales-vice-president', 'general-manager', 'finance'];

/** A fee: its cost, its signatures, its revision, its waiver; what the bands leave open a person decides. */
export function randomFee(recording: Recording, draw: Draw, opened: string): string {
  const amount = () => cny(AMOUNTS[draw(AMOUNTS.length)] as number);
  const role = () => SIGNERS[draw(SIGNERS.length)] as string;
  const approve = (): Told => ({ type: 'ApproveProposal', by: who(role()) });
  return walk(recording, draw, {
    aggregate: approval, id: idAt(opened), opened, steps: 25,
    course: [
      () => ({ type: 'ProposeServiceFee', amount: amount(), grounds: note, by: who('clerk') }), () => ({ type: 'VerifyCost', cost: amount(), by: who('finance') }),
      approve, approve, approve, () => ({ type: 'AgreePrice', amount: amount(), by: who('clerk') }), () => ({ type: 'RequestWaiver', grounds: note, by: who('clerk') }),
    ],
    others: [
      approve, () => ({ type: 'AppointApprover', approverRole: role(), reason: note, by: MANAGER }), () => ({ type: 'RejectProposal', reason: note, by: who(role()) }),
      () => ({ type: 'ReviseProposal', amount: amount(), grounds: note, by: who('clerk') }), () => ({ type: 'RequestWaiver', grounds: note, by: who('clerk') }),
      () => ({ type: 'ApproveWaiver', by: who(role()) }), () => ({ type: 'RejectWaiver', reason: note, by: who(role()) }), () => ({ type: 'LapseApproval', by: SYSTEM }),
    ],
  });
}

/** Complaints and faults of one person in one month, out of several cases, and what a manager makes of them. */
export function randomIncentive(recording: Recording, draw: Draw, opened: string): string {
  const about = { person: 'u-7', period: '2026-03', basis: [] };
  let caseId = idAt(opened);
  const ofAnother = (command: Told): Told => {
    caseId = idAt(opened, 1 + draw(4));
    return command.type === 'NoteUpheldComplaint' ? { ...command, caseId } : command;
  };
  const complaint = (): Told => ofAnother({ type: 'NoteUpheldComplaint', ...about, by: SYSTEM });
  const fault = (): Told => ofAnother({
    type: 'NoteFault', ...about, fault: idAt(opened, 50 + draw(5)), cause: ['negligence', 'late-implementation'][draw(2)], grave: draw(2) === 0, loss: draw(2) === 0 ? cny(10_000) : null, recordedBy: 'u-9', by: SYSTEM,
  });
  return walk(recording, draw, {
    aggregate: incentive, id: incentiveId('u-7', '2026-03'), opened, steps: 14,
    course: [complaint, fault, complaint, fault, complaint],
    others: [complaint, fault, () => ({ type: 'ProposeBonus', person: 'u-7', period: '2026-03', ground: ['outstanding', 'consumer-service'][draw(2)], by: MANAGER })],
    caseId: () => caseId,
  });
}
