import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The wrapping is bound to its place, so that the row of one person cannot be put in the place of another's. */
function boundTo(subject: string, version: number): Buffer {
  return Buffer.from(JSON.stringify(['subject-key', subject, version]), 'utf8');
}

/** iv || ciphertext || tag, AES-256-GCM. */
export function wrapKey(kek: Uint8Array, subject: string, version: number, key: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', kek, iv);
  cipher.setAAD(boundTo(subject, version));
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the wrapped key was altered, moved, or wrapped under another key. */
export function unwrapKey(kek: Uint8Array, subject: string, version: number, wrapped: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', kek, wrapped.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(subject, version));
  decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES));
  return Buffer.concat([decipher.update(wrapped.subarray(IV_BYTES, wrapped.length - TAG_BYTES)), decipher.final()]);
}
