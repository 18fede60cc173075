import type { PolicyBookEvent } from 'aftercare/contracts';
import type { Recorded } from 'aftercare/kernel';
import { shippedAdoption } from 'aftercare/policy';
import { policyAdoptionView } from './policy-adoption.view.js';

describe('a row of the adopted policies', () => {
  it('says in which zone its days are and where in the order of adoption it stands, which decide what is in force', () => {
    const event = { type: 'PolicyAdoptionNoted', data: shippedAdoption(), index: 7, occurredAt: '2026-03-11T06:00:00.000Z' } as unknown as Recorded<PolicyBookEvent>;
    expect(policyAdoptionView.fold(null, event)).toMatchObject({ adoption: 'example@1', zone: 'Asia/Shanghai', place: 7, signer: null });
  });
});
