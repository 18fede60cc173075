import { AccessDenied } from './access-denied.js';

// A longer text cannot be one of our tokens; cutting here keeps hostile megabytes away from the cryptography.
const MAX_TOKEN_LENGTH = 4_096;
const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i;

/** The compact JWT of an `Authorization: Bearer …` header. @throws AccessDenied when there is none or it cannot be one. */
export function bearerOf(header: string | undefined): string {
  if (header === undefined || header === '') throw new AccessDenied('token-missing');
  const token = header.length <= MAX_TOKEN_LENGTH ? BEARER.exec(header)?.[1] : undefined;
  if (!token) throw new AccessDenied('token-invalid');
  return token;
}
