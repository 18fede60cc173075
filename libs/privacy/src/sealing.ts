import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Personal, Sealed } from 'aftercare/kernel';
import type { SubjectKeyVault } from './vault.js';

/** What a ciphertext is bound to, so that it cannot be moved to another event or field unnoticed. */
export interface Place {
  readonly log: string;
  readonly eventId: string;
}

export type SealedFields = Readonly<Record<string, Sealed>>;

/** A sealed text was altered, or belongs to another event, field or log. The message names the place, never the text. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** A text with half a surrogate pair: it has no UTF-8 form and would come back changed. Refuse it at the edge. */
export class NotSealable extends Error {
  override readonly name = 'NotSealable';
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Additional authenticated data: the RFC 8785 form of `[log, eventId, field, subject, keyVersion]`. For an array of
 * well-formed strings and an integer `JSON.stringify` is that form.
 */
function boundTo(place: Place, field: string, s: string, k: number): Buffer {
  return Buffer.from(JSON.stringify([place.log, place.eventId, field, s, k]), 'utf8');
}

/** AES-256-GCM under the subject's key, a fresh random 96-bit IV for every field. @throws NotSealable */
export async function seal(vault: SubjectKeyVault, place: Place, personal: Personal): Promise<SealedFields> {
  const fields = Object.entries(personal.fields);
  for (const [field, plain] of fields) {
    if (LONE_SURROGATE.test(plain) || LONE_SURROGATE.test(field)) throw new NotSealable('a text has half a surrogate pair');
  }
  const { key, version } = await vault.keyFor(personal.subject);
  const ivs = randomBytes(IV_BYTES * fields.length);
  return Object.fromEntries(fields.map(([field, plain], i) => {
    const iv = ivs.subarray(i * IV_BYTES, (i + 1) * IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(boundTo(place, field, personal.subject, version));
    const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [field, { s: personal.subject, k: version, c: body.toString('base64') }];
  }));
}

/** Opens every field. A field whose key is gone is left out. @throws SealBroken when one was tampered with or moved. */
export async function open(vault: SubjectKeyVault, place: Place, sealed: SealedFields | null): Promise<Personal | null> {
  if (!sealed) return null;
  const fields: [string, string][] = [];
  let subject: string | null = null;
  for (const [field, text] of Object.entries(sealed)) {
    subject ??= text.s;
    const key = await vault.findKey(text.s, text.k);
    if (key) fields.push([field, openField(key, place, field, text)]);
  }
  return subject === null ? null : { subject, fields: Object.fromEntries(fields) };
}

function openField(key: Uint8Array, place: Place, field: string, { s, k, c }: Sealed): string {
  const broken = `field ${field} of event ${place.eventId} in log ${place.log} does not open`;
  const body = Buffer.from(c, 'base64');
  // A shorter body would leave a shorter tag, and a short tag can be guessed.
  if (body.length < IV_BYTES + TAG_BYTES) throw new SealBroken(broken);
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place, field, s, k));
  decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
  try {
    return decipher.update(body.subarray(IV_BYTES, body.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new SealBroken(broken, { cause });
  }
}
