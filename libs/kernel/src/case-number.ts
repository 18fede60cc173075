/**
 * The number people copy, print and quote. It is computed from the case id alone, so every department, and a
 * printed page, names a case alike without asking anybody and without a counter that two processes could share.
 */
export type NumberedKind = 'CMP' | 'INQ' | 'SUG' | 'RET' | 'APR';

/** Crockford base 32: no I, L, O, U, so that a number read over the telephone is written down right. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * `CMP-2026-7K3F-Q9XB`: the year is that of the id's timestamp in the business zone (UTC+8), the eight letters are
 * the last 40 bits of the UUIDv7, of which 32 are random: two of 100,000 cases a year meet with a chance below 1 %,
 * and then the list shows both. What exists once per round of a case carries the round: `APR-2026-7K3F-Q9XB.2`.
 */
export function caseNumber(kind: NumberedKind, id: string): string {
  const [uuid = id, round] = id.split('.');
  const hex = uuid.replaceAll('-', '');
  const year = new Date(Number.parseInt(hex.slice(0, 12), 16) + 8 * 3_600_000).getUTCFullYear();
  let bits = BigInt(`0x${hex.slice(-10)}`);
  let letters = '';
  for (let i = 0; i < 8; i += 1) {
    letters = `${ALPHABET[Number(bits & 31n)] ?? ''}${letters}`;
    bits >>= 5n;
  }
  return `${kind}-${year}-${letters.slice(0, 4)}-${letters.slice(4)}${round === undefined ? '' : `.${round}`}`;
}
