import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUser, fromSeed } from '@nats-io/nkeys';

/** Who somebody is to the bus. The seed stays in its file and in the hands of its owner; servers know the public key alone. */
export interface Identity {
  readonly name: string;
  /** `U…`, 56 characters. Nothing secret. */
  readonly publicKey: string;
  /** File of the seed, for its owner alone. */
  readonly seedFile: string;
}

const OWNER_ONLY = 0o600;
const FOLDER_OF_OWNER = 0o700;

export const identitiesFolder = (natsFolder: string): string => join(natsFolder, 'identities');

export function seedFileOf(folder: string, name: string): string {
  return join(folder, `${name}.nk`);
}

/** The identities of these names, with new seeds for those that have none. @throws Error naming a file that holds no seed */
export function ensureIdentities(folder: string, names: readonly string[]): readonly Identity[] {
  mkdirSync(folder, { recursive: true, mode: FOLDER_OF_OWNER });
  return names.map((name) => {
    const seedFile = seedFileOf(folder, name);
    const seed = readSeed(seedFile) ?? newSeed(seedFile);
    return { name, seedFile, publicKey: publicKeyOf(seed, seedFile) };
  });
}

/** A new seed in the place of the old one, which the servers know until they are told. */
export function replaceSeed(folder: string, name: string): Identity {
  const seedFile = seedFileOf(folder, name);
  return { name, seedFile, publicKey: publicKeyOf(newSeed(seedFile), seedFile) };
}

/** Writes the seeds again that a lost folder took along: whoever runs was told the path, and the servers know the key. */
export function keepSeeds(identities: readonly Identity[]): () => void {
  const seeds = identities.map(({ seedFile }) => ({ seedFile, seed: readSeed(seedFile) }));
  return () => {
    for (const { seedFile, seed } of seeds) if (seed !== null && readSeed(seedFile) === null) writeSeed(seedFile, seed);
  };
}

function readSeed(file: string): string | null {
  try {
    const seed = readFileSync(file, 'utf8').trim();
    // Copied by hand or set back from a backup, it may have come out readable for others.
    chmodSync(file, OWNER_ONLY);
    return seed;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function newSeed(file: string): string {
  const seed = Buffer.from(createUser().getSeed()).toString('ascii');
  writeSeed(file, seed);
  return seed;
}

/** Whole or not at all: half a seed would lock its owner out. */
function writeSeed(file: string, seed: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: FOLDER_OF_OWNER });
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, `${seed}\n`, { mode: OWNER_ONLY });
  renameSync(`${file}.new`, file);
}

/** The message names the file and never what is in it. */
function publicKeyOf(seed: string, file: string): string {
  try {
    const key = fromSeed(Buffer.from(seed)).getPublicKey();
    if (key.startsWith('U')) return key;
  } catch { /* It is said below. */ }
  throw new Error(`${file} holds no NKEY seed of a user: remove it to have a new one made`);
}
