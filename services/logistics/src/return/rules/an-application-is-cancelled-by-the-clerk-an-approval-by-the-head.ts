import { refuse, wrongStage, type Actor, type Refusal } from 'aftercare/kernel';
import type { OpenedReturn } from '../return.js';

const APPLICATION: readonly string[] = ['requested', 'reviewed', 'exception-requested'];
const UNDER_WAY: readonly string[] = ['approved', 'instructed', 'arrived', 'ordered', 'picked-up'];

/**
 * P002B-19, P002B-20: the head of after-sales answers for goods that were approved and called in, so nobody else gives
 * them up; what is only applied for, the clerk may take back. Without an end before the warehouse, goods that were
 * never sent or got lost would keep their case waiting for good and their share of the rate reserved (P002B-17). Goods
 * that were received end by inspection or stock-in.
 */
export function anApplicationIsCancelledByTheClerkAnApprovalByTheHead({ stage }: OpenedReturn, { role }: Actor): Refusal | null {
  const isApplication = APPLICATION.includes(stage);
  if (!isApplication && !UNDER_WAY.includes(stage)) return wrongStage('CancelReturn', stage);
  if (role === 'logistics.after-sales-head' || (isApplication && role === 'logistics.clerk')) return null;
  return refuse('not-your-role', {
    zh: '已批准的退换货只能由售后主管取消。', en: 'Only the head of after-sales cancels an approved return.',
  }, { rule: 'P002B-19' });
}
