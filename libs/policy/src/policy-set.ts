import type { ClockKey, SettingKey, SettingValue, TableKey } from './what-is-read.js';
import type { InputsOf } from './tables/asked.js';
import type { ClockTerms, TableOutcome, WorkCalendar } from './terms.js';

/** One adopted version of a company's policy, as events name it: `example@1` and the SHA-256 of its document. */
export interface AdoptionName {
  readonly id: string;
  readonly version: number;
  /** Hex. */
  readonly digest: string;
}

/**
 * The policies that a case is decided under. Handed to deciders as a value; the same set always gives the same
 * answers, whatever the company adopts later.
 */
export interface PolicySet {
  readonly adoption: AdoptionName;
  readonly calendar: WorkCalendar;
  /** Every clock that the adopted packs run under this key, side by side; empty when none has it or it is switched off. */
  clocks(key: ClockKey): readonly ClockTerms[];
  /** From the company's own values, else from the first adopted pack that binds the key; null when switched off. */
  setting<K extends SettingKey>(key: K): SettingValue<K> | null;
  /** Which pack and requirement a setting comes from, as the beginning of a rule's trace. */
  cite(key: SettingKey): Citation;
  /** Never throws for what a case may bring: what no row decides is undetermined. */
  decide<K extends TableKey>(table: K, inputs: InputsOf<K>): TableOutcome;
}

export interface Citation {
  /** Pack, or the company where the key is switched off. */
  readonly id: string;
  readonly version: string;
  readonly rule: string;
}

/** Whether a setting of roles lets this one act; switched off, it lets nobody. */
export function mayBy(setting: string | readonly string[] | null, role: string): boolean {
  return setting !== null && [setting].flat().includes(role);
}

/** `example@1`. */
export function nameOf({ id, version }: Pick<AdoptionName, 'id' | 'version'>): string {
  return `${id}@${version}`;
}
