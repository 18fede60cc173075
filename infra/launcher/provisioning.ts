import { existsSync } from 'node:fs';
import { seedFileOf } from '../nats/identities.js';
import type { Bus } from './bus.js';

/** Keeps the streams and consumers of an instance there. */
export interface Provisioning {
  close(): Promise<void>;
}

const PROVISIONER = 'provisioner';

/**
 * Makes what the services need on the bus and goes on looking. On a server of our own it answers when all is there;
 * another one may be away for now, and the services wait for it by themselves. With a folder of seeds that has none
 * for the provisioner, `aftercare bus provision` does this elsewhere. @returns null then
 */
export async function keepProvisioned({ url, identities, ours }: Bus, failing: (why: string) => void): Promise<Provisioning | null> {
  const seedFile = identities === null ? null : seedFileOf(identities, PROVISIONER);
  if (seedFile !== null && !existsSync(seedFile)) return null;
  // Loaded here, because it brings the messaging library along and most commands never touch the bus.
  const { Provisioner } = await import('../nats/provisioner.js');
  const provisioner = new Provisioner({ servers: url, failing, ...(seedFile !== null && { seedFile }) });
  try {
    if (ours) await provisioner.provision();
  } catch (error) {
    failing((error as Error).message);
  }
  provisioner.start();
  return provisioner;
}
