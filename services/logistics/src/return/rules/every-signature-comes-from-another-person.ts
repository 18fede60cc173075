import { refuse, type Refusal } from 'aftercare/kernel';
import type { Signature } from '../return.js';

/**
 * P002B-16, P002B-25: the point of several signatures is several pairs of eyes. One account that holds two of the
 * roles would otherwise take goods in alone.
 */
export function everySignatureComesFromAnotherPerson(
  signer: string, account: string, given: readonly Signature<string>[], cited: { readonly rule: string },
): Refusal | null {
  if (given.some((signature) => signature.signer === signer)) {
    return refuse('already-signed', { zh: `“${signer}”已签字。`, en: `"${signer}" has signed already.` }, cited);
  }
  if (given.every((signature) => signature.account !== account)) return null;
  return refuse('separation-of-duties', {
    zh: '同一账号不能代表两方签字。', en: 'One account cannot sign for two parties.',
  }, cited);
}
