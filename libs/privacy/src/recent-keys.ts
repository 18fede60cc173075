import type { SubjectKey } from './vault.js';

/** The keys used last, at most `most` of them, so that a vault of millions of people stays small in memory. */
export class RecentKeys {
  readonly #keys = new Map<string, SubjectKey>();

  constructor(private readonly most: number) {}

  get(subject: string): SubjectKey | undefined {
    const found = this.#keys.get(subject);
    if (found) {
      // A Map keeps the order of insertion; inserting anew is what makes the first entry the one unused longest.
      this.#keys.delete(subject);
      this.#keys.set(subject, found);
    }
    return found;
  }

  put(subject: string, key: SubjectKey): void {
    this.#keys.delete(subject);
    this.#keys.set(subject, key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > this.most && oldest !== undefined) this.#keys.delete(oldest);
  }

  drop(subject: string): void {
    this.#keys.delete(subject);
  }

  get size(): number {
    return this.#keys.size;
  }
}
