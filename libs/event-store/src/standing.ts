/** Where a log went, or is going: a place by its engine's setting without secrets, and the UTC instant at which it was closed for it. */
export interface Departure {
  readonly to: string;
  readonly at: string;
}

/**
 * Whether a log may be worked on. `filling` and `returning` take a transfer and nothing else, the second on top of what
 * the log held when it left; `leaving` and `left` take nothing at all. All but `open` can be read.
 */
export type Standing =
  | { readonly state: 'open' | 'filling' }
  | ({ readonly state: 'leaving' | 'left' | 'returning' } & Departure);

/** The log moved, or is moving: going on with it here would make two logs of one. */
export class LogMoved extends Error {
  override readonly name = 'LogMoved';
}

/** The log holds a transfer that began and did not finish: it is filled on by the same transfer, or thrown away. */
export class TransferUnfinished extends Error {
  override readonly name = 'TransferUnfinished';
}

export const OPEN: Standing = { state: 'open' };

/** What an operator reads who starts a department on it; names the command that goes on. Null for an open log. */
export function whyClosed(standing: Standing, log: string): string | null {
  switch (standing.state) {
    case 'open': return null;
    case 'filling':
    case 'returning': return 'The log is being filled from another engine and not complete: run aftercare migrate-store again';
    case 'leaving': return `The log is being moved to ${standing.to} since ${standing.at} and takes nothing more: run aftercare migrate-store again, `
      + `or give it up with aftercare migrate-store --department ${log} --from <here> --give-up`;
    case 'left': return `The log moved to ${standing.to} at ${standing.at}: set AFTERCARE_STORE_${log.toUpperCase()} to it, `
      + `or bring it back with aftercare migrate-store --department ${log} --from <there> --to <here>`;
  }
}

/** @throws TransferUnfinished, LogMoved for a log that may not be worked on. */
export function requireOpen(standing: Standing, log: string, where = ''): void {
  const reason = whyClosed(standing, log);
  if (reason === null) return;
  const message = where === '' ? reason : `${where}: ${reason}`;
  throw takesTransfer(standing) ? new TransferUnfinished(message) : new LogMoved(message);
}

export function takesTransfer({ state }: Standing): boolean {
  return state === 'filling' || state === 'returning';
}

/** For `begin`. A log that left may be filled on, because nothing was added to it since. @throws Error */
export function begun(standing: Standing, log: string, isEmpty: () => boolean): Standing {
  if (takesTransfer(standing)) return standing;
  if (standing.state === 'left') return { ...standing, state: 'returning' };
  if (standing.state !== 'open') throw new Error(`The log "${log}" is being moved elsewhere: only an empty one can be filled`);
  if (!isEmpty()) throw new Error(`The log "${log}" was worked on: only an empty one can be filled`);
  return { state: 'filling' };
}

/** For `finish`. @throws Error */
export function finished(standing: Standing, log: string): Standing {
  if (standing.state === 'open' || takesTransfer(standing)) return OPEN;
  throw new Error(`The log "${log}" is not being filled`);
}

/** For `fence`. A move that was interrupted goes on to the place for which it began. @throws Error */
export function fenced(standing: Standing, log: string, departure: Departure): Standing & Departure {
  if (standing.state === 'open') return { ...departure, state: 'leaving' };
  if ((standing.state === 'leaving' || standing.state === 'left') && standing.to === departure.to) return standing;
  throw new Error(whyClosed(standing, log) ?? '');
}

/** For `leave`. @throws Error when the move was given up meanwhile, or the log does not end where it was copied to. */
export function left(standing: Standing, log: string, departure: Departure, ends: { readonly at: number; readonly copied: number }): Standing {
  const same = (standing.state === 'leaving' || standing.state === 'left') && standing.to === departure.to && standing.at === departure.at;
  if (!same) throw new Error(`The log "${log}" is not being moved any more: the move was given up`);
  if (ends.at !== ends.copied) throw new Error(`The log "${log}" has ${ends.at} events, of which ${ends.copied} were copied`);
  return { ...departure, state: 'left' };
}

/** For `stay`. @throws Error for a log that has left: another one goes on by now. */
export function stayed(standing: Standing, log: string): Standing {
  if (standing.state === 'open' || standing.state === 'leaving') return OPEN;
  throw new Error(whyClosed(standing, log) ?? '');
}

/** As engines keep it: null for a log that never moved, is open or being filled for the first time. */
export function departureText(standing: Standing): string | null {
  return 'to' in standing ? JSON.stringify({ state: standing.state, to: standing.to, at: standing.at }) : null;
}

export function standingOf(closed: boolean, departure: string | null): Standing {
  if (!closed) return OPEN;
  return departure === null ? { state: 'filling' } : JSON.parse(departure) as Standing;
}
