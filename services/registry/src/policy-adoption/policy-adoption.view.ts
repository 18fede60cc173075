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
  /** IANA name of the business zone, in which `validFrom` and `validTo` are days; null for a document that cannot be read. */
  readonly zone: string | null;
  /** Place in the log: of several the one adopted last decides. */
  readonly place: number;
};

export const policyAdoptionView: View<PolicyAdoptionRow, PolicyBookEvent> = defineView<PolicyAdoptionRow, PolicyBookEvent>({
  name: 'policyAdoption', shape: 2,
  columns: {
    adoption: 'text', validFrom: 'text', validTo: 'text', effectiveFrom: 'text', adoptedAt: 'text', signer: 'text', signerRole: 'text', why: 'text',
    digest: 'text', packs: 'json', zone: 'text', place: 'integer',
  },
  indexed: ['adoption', 'effectiveFrom'],
  key: (event) => (event.type === 'PolicyAdopted' || event.type === 'PolicyAdoptionNoted' ? event.data.adoption : null),
  fold(_, event) {
    const { adoption, validFrom, validTo, effectiveFrom, digest, packs } = event.data;
    const signed = event.type === 'PolicyAdopted' ? event.data : null;
    return {
      adoption, validFrom, validTo, effectiveFrom, adoptedAt: event.occurredAt, digest, packs, zone: zoneOf(event.data), place: event.index,
      signer: signed?.signer ?? null, signerRole: signed?.signerRole ?? null, why: signed?.why ?? null,
    };
  },
});

/** A list must not stop at a document that a verification of the log will complain about. */
function zoneOf({ document }: Pick<PolicyBookEvent['data'], 'document'>): string | null {
  try {
    return (JSON.parse(document) as { readonly company?: { readonly zone?: string } }).company?.zone ?? null;
  } catch {
    return null;
  }
}
