import type { PickUp } from 'aftercare/contracts';
import { refuse, type Actor, type Refusal } from 'aftercare/kernel';
import type { OpenedReturn } from '../return.js';

/** P002B-21, and P002B-12: the driver fetches what the order names, and the driver whom it names. */
export function noOrderNoPickUp(command: PickUp, state: OpenedReturn, actor: Actor): Refusal | null {
  if (state.stage !== 'ordered') {
    return refuse('no-transport-order', { zh: '没有退货运输单不得提货。', en: 'No transport order, no pick-up.' }, { rule: 'P002B-21' });
  }
  if (command.order !== state.order) {
    return refuse('transport-order-mismatch', {
      zh: '运输单号与该退货不符。', en: 'This transport order belongs to another return.',
    }, { rule: 'P002B-21', field: 'order' });
  }
  if (actor.id === state.driver) return null;
  return refuse('not-your-order', { zh: '运输单指定了另一位司机。', en: 'The order names another driver.' }, { rule: 'P002B-12' });
}
