/** What the choice between adoptions goes by; anything that holds adoptions in the order in which they were adopted can be asked. */
export interface DatedAdoption {
  /** UTC instant. */
  readonly effectiveFrom: string;
  /** Last business day, included; null while nobody ended it. */
  readonly validTo: string | null;
}

export interface InForce<T> {
  readonly adopted: T;
  /** True where every adoption that had begun has ended, and the last one stays. */
  readonly ended: boolean;
  /** True where none had begun, so that the shipped policy decides, which nobody adopted. */
  readonly isShipped: boolean;
}

/**
 * The one rule for what is in force at an instant. `all` stands in the order of adoption, the shipped policy first;
 * `dayOf` is the calendar date of an instant in the business zone of an adoption. Undefined where `all` is empty.
 */
export function inForceAt<T extends DatedAdoption>(all: readonly T[], instant: string, dayOf: (one: T, instant: string) => string): InForce<T> | undefined {
  const [shipped, ...signed] = all;
  const begun = signed.filter(({ effectiveFrom }) => effectiveFrom <= instant);
  const running = begun.filter((one) => one.validTo === null || dayOf(one, instant) <= one.validTo);
  const adopted = running.at(-1) ?? begun.at(-1) ?? shipped;
  return adopted && { adopted, ended: begun.length > 0 && running.length === 0, isShipped: begun.length === 0 };
}
