import type { DispatchSiteVerification } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { OpenInquiry } from '../investigation.js';

/** P002A-10, P002A-11: one verification a round. Another inspector may take over until it is completed. */
export function oneInspectorIsOnTheWay({ inspector }: DispatchSiteVerification, state: OpenInquiry): Refusal | null {
  if (state.verification === 'completed') {
    return refuse('already-verified', {
      zh: '本轮实地核实已完成。', en: 'The site verification of this round is completed.',
    }, { rule: 'P002A-11' });
  }
  if (state.verification === 'none' || state.inspector !== inspector) return null;
  return refuse('already-dispatched', {
    zh: '该质检员已派出。', en: 'This inspector is already on the way.',
  }, { rule: 'P002A-10', field: 'inspector' });
}
