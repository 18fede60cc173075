import { createHash } from 'node:crypto';
import { isCaseId } from './aggregate.js';

/**
 * An id computed from what people already call a thing, the same in every department, so that nobody has to ask for
 * it. Shaped like a UUID of version 8 (RFC 9562, own content) because ids of aggregates are UUIDs. It becomes part of
 * stream names: another derivation would orphan what was recorded.
 */
export function namedId(...names: readonly string[]): string {
  // As JSON, because joined text would give ("A-1", "2") and ("A", "1-2") one address.
  const digest = createHash('sha256').update(JSON.stringify(names), 'utf8').digest();
  const bytes = Uint8Array.from(digest.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return Buffer.from(bytes).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The address of a lot, from what is printed on the package. */
export const lotId = (productCode: string, lot: string): string => namedId(productCode, lot);
/** From the product code of the company's own list. */
export const productId = (code: string): string => namedId('product', code);
/** From the company's customer code, so that a register that knows the code knows the id. */
export const customerId = (code: string): string => namedId('customer', code);
/** A form or a case may name its customer by id or by code; both lead to the one id. */
export const customerIdFrom = (idOrCode: string): string => (isCaseId(idOrCode) ? idOrCode : customerId(idOrCode));
