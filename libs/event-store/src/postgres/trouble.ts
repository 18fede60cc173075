import { StoreUnavailable } from '../port.js';
import { LogMoved, TransferUnfinished } from '../standing.js';

/** Five letters and digits with which the server names an error; null when it could not say anything. */
export function sqlState(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** Lock not available, statement cancelled or timed out, serialisation, deadlock: the session goes on and a repeat may succeed. */
const PASSING = new Set(['55P03', '57014', '40001', '40P01']);

/** True when the transaction failed and nothing else did. */
export function isPassing(error: unknown): boolean {
  return PASSING.has(sqlState(error) ?? '');
}

/** A lock is waited for before the commit begins: whoever gave up waiting has written nothing. */
export function neverCommitted(error: unknown): boolean {
  return sqlState(error) === '55P03';
}

/** True when the server could not be asked, so that a question may be put again through another connection. */
export function isLost(error: unknown): boolean {
  const state = sqlState(error);
  return state === null || state.startsWith('08') || state.startsWith('57P');
}

/** True when nobody answered, or only to say that he is starting or stopping. */
export function isUnreachable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return state.startsWith('57P') || state.startsWith('08') || state === '53300';
  // Asks for no class: where a process has several realms, errors of the network are of another one's.
  if (typeof error !== 'object' || error === null || !('message' in error)) return false;
  return 'code' in error || /connection|timeout/i.test(String(error.message));
}

/** For operators: what the server or the network said, without content, addresses or credentials. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotSound || error instanceof TransferUnfinished || error instanceof LogMoved) return error.message;
  const state = sqlState(error);
  if (state !== null) return `PostgreSQL refuses (${MEANINGS[state] ?? ''}${MEANINGS[state] ? ', ' : ''}${state})`;
  const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'connection lost';
  return `PostgreSQL does not answer (${code})`;
}

const MEANINGS: Readonly<Record<string, string>> = {
  '53100': 'disk full', '53300': 'too many connections', '58030': 'input/output error', '57P01': 'shutting down', '57P02': 'crashed',
  '57P03': 'starting or stopping', '25006': 'read-only', '28P01': 'wrong password', '42501': 'right missing', 'XX001': 'damaged data', 'XX002': 'damaged index',
};

export function unavailable(error: unknown): StoreUnavailable {
  return error instanceof StoreUnavailable ? error : new StoreUnavailable(reasonOf(error), { cause: error });
}

export function busy(error: unknown): StoreUnavailable {
  return new StoreUnavailable(`The log is busy (${sqlState(error) ?? ''})`, { cause: error });
}

/** Asked for at the wrong time or with the wrong content; the transaction ends and nothing else does. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The server or the log is not in a state in which an acknowledgement would mean anything. */
export class NotSound extends Error {
  override readonly name = 'NotSound';
}
