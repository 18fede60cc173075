import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import { KekUnusable } from './key-file.js';
import { openSqliteVault } from './sqlite-vault.js';
import type { SubjectKeyVault } from './vault.js';

describe('the vault of subject keys', () => {
  let folder: string;
  let file: string;
  let kekFile: string;
  const opened: SubjectKeyVault[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vault-'));
    file = join(folder, 'keys.db');
    kekFile = join(folder, 'kek');
  });
  afterEach(() => {
    for (const vault of opened.splice(0)) vault.close();
    rmSync(folder, { recursive: true });
  });
  function vault(keysInMemory?: number): SubjectKeyVault {
    const made = openSqliteVault({ file, kekFile, keysInMemory });
    opened.push(made);
    return made;
  }

  it('a key stays the same over calls, processes and restarts', async () => {
    const subject = uuidv7();
    const one = vault();
    const [first, again] = await Promise.all([one.keyFor(subject), one.keyFor(subject)]);
    expect(first.key).toHaveLength(32);
    expect(again).toEqual(first);
    const two = vault();
    expect(await two.keyFor(subject)).toEqual(first);
    expect(await two.findKey(subject, first.version)).toEqual(first.key);
    expect((await two.keyFor(uuidv7())).key).not.toEqual(first.key);
  });

  it('two vaults asked at once for the same new person agree', async () => {
    const [one, two] = [vault(), vault()];
    for (let i = 0; i < 50; i += 1) {
      const subject = uuidv7();
      const [a, b] = await Promise.all([one.keyFor(subject), two.keyFor(subject)]);
      expect(a).toEqual(b);
    }
  });

  it('a key that was never made, or was destroyed, is not found, and a new one gets another version', async () => {
    const subject = uuidv7();
    expect(await vault().findKey(subject, 1)).toBeNull();
    const { version, key } = await vault().keyFor(subject);
    const db = new Database(file);
    db.prepare('UPDATE subject_key SET wrapped = NULL WHERE subject = ?').run(subject);
    db.close();
    const later = vault();
    expect(await later.findKey(subject, version)).toBeNull();
    const fresh = await later.keyFor(subject);
    expect(fresh.version).toBe(version + 1);
    expect(fresh.key).not.toEqual(key);
    expect(await later.findKey(subject, version)).toBeNull();
  });

  it('keys asked for in one turn share one commit', async () => {
    const asked = vault();
    const pages = (): number => readFileSync(`${file}-wal`).length;
    await asked.keyFor(uuidv7());
    const before = pages();
    await Promise.all(Array.from({ length: 20 }, () => asked.keyFor(uuidv7())));
    expect((pages() - before) / 4120).toBeLessThan(8);
  });

  it('a key is in the file before it is handed out, and never in the open', async () => {
    const subject = uuidv7();
    const { key } = await vault().keyFor(subject);
    const db = new Database(file, { readonly: true });
    const wrapped = db.prepare<[string], Buffer>('SELECT wrapped FROM subject_key WHERE subject = ?').pluck().get(subject);
    db.close();
    expect(wrapped).toHaveLength(12 + 32 + 16);
    for (const name of [file, `${file}-wal`]) expect(readFileSync(name).includes(Buffer.from(key))).toBe(false);
  });

  it("a wrapped key put in another person's row does not unwrap", async () => {
    const [mine, theirs] = [uuidv7(), uuidv7()];
    await vault().keyFor(mine);
    await vault().keyFor(theirs);
    const db = new Database(file);
    db.prepare('UPDATE subject_key SET wrapped = (SELECT wrapped FROM subject_key WHERE subject = ?) WHERE subject = ?').run(mine, theirs);
    db.close();
    await expect(vault().findKey(theirs, 1)).rejects.toThrow();
  });

  it('keys fall out of a small memory and are read back', async () => {
    const small = vault(3);
    const subjects = Array.from({ length: 10 }, () => uuidv7());
    const keys = await Promise.all(subjects.map((subject) => small.keyFor(subject)));
    for (const [i, subject] of subjects.entries()) expect(await small.keyFor(subject)).toEqual(keys[i]);
  });

  describe('the key-encryption key', () => {
    it('is made for its owner only and kept', async () => {
      vault();
      const made = readFileSync(kekFile);
      expect(made).toHaveLength(32);
      expect(statSync(kekFile).mode & 0o777).toBe(0o600);
      vault();
      expect(readFileSync(kekFile)).toEqual(made);
    });

    it('open to others, cut short, exchanged or lost: the vault does not open', async () => {
      await vault().keyFor(uuidv7());
      chmodSync(kekFile, 0o644);
      expect(() => vault()).toThrow(KekUnusable);
      chmodSync(kekFile, 0o600);
      writeFileSync(kekFile, Buffer.alloc(31));
      expect(() => vault()).toThrow(KekUnusable);
      writeFileSync(kekFile, Buffer.alloc(32, 7));
      expect(() => vault()).toThrow(KekUnusable);
      rmSync(kekFile);
      expect(() => vault()).toThrow(KekUnusable);
    });
  });
});
