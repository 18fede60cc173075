import { randomBytes } from 'node:crypto';
import type { SubjectKey, SubjectKeyVault } from './vault.js';

/** Keys that end with the program, for tests. */
export function openMemoryVault(): SubjectKeyVault {
  const keys = new Map<string, SubjectKey>();
  return {
    async keyFor(subject) {
      const key = keys.get(subject) ?? { version: 1, key: randomBytes(32) };
      keys.set(subject, key);
      return key;
    },
    async findKey(subject, version) {
      const found = keys.get(subject);
      return found?.version === version ? found.key : null;
    },
    close() {
      keys.clear();
    },
  };
}
