import type { PolicyBookEvent } from 'aftercare/contracts';
import { defineView, type View } from 'aftercare/projections';

/** One row per adoption, the shipped policy included; that one nobody signed. */
export type PolicyAdoptionRow = {
  readonly adoption: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly effectiveFrom: string;
  readonly adoptedAt: string;
  readonly signer: string | null;
  readonly signerRole: string | null;
  readonly why: string | null;
  readonly digest: string;
  readonly packs: readonly string[];
};

export const policyAdoptionView: View<PolicyAdoptionRow, PolicyBookEvent> = defineView<PolicyAdoptionRow, PolicyBookEvent>({
  name: 'policyAdoption', shape: 1,
  columns: {
    adoption: 'text', validFrom: 'text', validTo: 'text', effectiveFrom: 'text', adoptedAt: 'text', signer: 'text', signerRole: 'text', why: 'text',
    digest: 'text', packs: 'json',
  },
  indexed: ['adoption', 'effectiveFrom'],
  key: (event) => (event.type === 'PolicyAdopted' || event.type === 'PolicyAdoptionNoted' ? event.data.adoption : null),
  fold(_, event) {
    const { adoption, validFrom, validTo, effectiveFrom, digest, packs } = event.data;
    const signed = event.type === 'PolicyAdopted' ? event.data : null;
    return {
      adoption, validFrom, validTo, effectiveFrom, adoptedAt: event.occurredAt, digest, packs,
      signer: signed?.signer ?? null, signerRole: signed?.signerRole ?? null, why: signed?.why ?? null,
    };
  },
});
