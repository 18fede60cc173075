import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { readRunState } from '../../launcher/run-state.js';
import { identitiesFolder, seedFileOf } from '../../nats/identities.js';
import { dataFolderOf, withDataFolder } from '../data-folder.js';
import { CliFailure, EXIT } from '../exit-codes.js';

export interface BusOptions {
  readonly data?: string;
  readonly identities?: string;
}

/** Where to connect, and as whom. */
export interface BusAddress {
  readonly servers: string;
  /** Absent where the address alone lets in. */
  readonly seedFile?: string;
}

export function withBusOptions(command: Command): Command {
  return withDataFolder(command).option('--identities <dir>', 'folder of the seeds (default: AFTERCARE_NATS_IDENTITIES, else nats/identities in the data folder)');
}

export function identitiesOf(options: BusOptions): string {
  const named = options.identities ?? process.env['AFTERCARE_NATS_IDENTITIES'];
  return named ? resolve(named) : identitiesFolder(join(dataFolderOf(options), 'nats'));
}

/** NATS_URL, else the bus of the running instance. @throws CliFailure when neither is known */
export function busAddress(options: BusOptions, name: string): BusAddress {
  const servers = process.env['NATS_URL'] ?? readRunState(dataFolderOf(options))?.natsUrl;
  if (!servers) throw new CliFailure(EXIT.notRunning, 'nothing runs from this data folder: start it with `aftercare up`, or name a running NATS in NATS_URL.');
  const seedFile = seedFileOf(identitiesOf(options), name);
  return { servers, ...(existsSync(seedFile) && { seedFile }) };
}
