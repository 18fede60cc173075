import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Personal, Sealed } from 'aftercare/kernel';
import type { SubjectKeyVault } from './vault.js';

/** What a ciphertext is bound to, so that it cannot be moved to another event or field unnoticed. */
export interface Place {
  readonly log: string;
  readonly eventId: string;
}

export type SealedFields = Readonly<Record<string, Sealed>>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Additional authenticated data: the RFC 8785 form of `[log, eventId, field, subject, keyVersion]`. */
function boundTo(place: Place, field: string, s: string, k: number): Buffer {
  return Buffer.from(JSON.stringify([place.log, place.eventId, field, s, k]), 'utf8');
}

/** AES-256-GCM under the subject's key, a fresh random 96-bit IV for every field. */
export async function seal(vault: SubjectKeyVault, place: Place, personal: Personal): Promise<SealedFields> {
  const { key, version } = await vault.keyFor(personal.subject);
  const sealed: Record<string, Sealed> = {};
  for (const [field, plain] of Object.entries(personal.fields)) {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(boundTo(place, field, personal.subject, version));
    const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    sealed[field] = { s: personal.subject, k: version, c: body.toString('base64') };
  }
  return sealed;
}

/** Opens every field. A field whose key is gone is left out; a field that was tampered with or moved throws. */
export async function open(vault: SubjectKeyVault, place: Place, sealed: SealedFields | null): Promise<Personal | null> {
  if (!sealed) return null;
  const fields: Record<string, string> = {};
  let subject: string | null = null;
  for (const [field, { s, k, c }] of Object.entries(sealed)) {
    subject ??= s;
    const key = await vault.findKey(s, k);
    if (!key) continue;
    const body = Buffer.from(c, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV_BYTES));
    decipher.setAAD(boundTo(place, field, s, k));
    decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
    fields[field] = decipher.update(body.subarray(IV_BYTES, body.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
  return subject === null ? null : { subject, fields };
}
