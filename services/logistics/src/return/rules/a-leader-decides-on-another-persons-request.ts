import { refuse, type Actor, type Refusal } from 'aftercare/kernel';
import type { AtStage } from '../return.js';

/** P002B-18: only the company leader allows a special case, and never one that he asked for himself. */
export function aLeaderDecidesOnAnotherPersonsRequest(state: AtStage<'exception-requested'>, actor: Actor): Refusal | null {
  if (actor.role !== 'logistics.leader') {
    return refuse('not-your-role', { zh: '特批须由公司领导决定。', en: 'Only the company leader decides on an exception.' }, { rule: 'P002B-18' });
  }
  if (actor.id !== state.exception.account) return null;
  return refuse('separation-of-duties', {
    zh: '申请人不能批准自己的特批申请。', en: 'Nobody decides on an exception of their own.',
  }, { rule: 'P002B-18' });
}
