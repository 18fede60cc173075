import { busCommand } from './bus.command.js';
import { caseListCommand } from './case-list.command.js';
import { caseShowCommand } from './case-show.command.js';
import { downCommand } from './down.command.js';
import { importCommand } from './import.command.js';
import { migrateStoreCommand } from './migrate-store.command.js';
import { policyAdoptCommand } from './policy/adopt.command.js';
import { policyAdoptionsCommand } from './policy/adoptions.command.js';
import { policyCheckCommand } from './policy/check.command.js';
import { policyListCommand } from './policy/list.command.js';
import { policyOpenCommand } from './policy/open.command.js';
import { policyShowCommand } from './policy/show.command.js';
import { policySimulateCommand } from './policy/simulate.command.js';
import { quarantineCommand } from './quarantine.command.js';
import { rebuildCommand } from './rebuild.command.js';
import type { RegisterCommand } from './register-command.js';
import { replayCommand } from './replay.command.js';
import { statusCommand } from './status.command.js';
import { tailCommand } from './tail.command.js';
import { tokenCommand } from './token.command.js';
import { upCommand } from './up.command.js';

/** Every command, in the order of the help; adding one is one line. */
export const COMMANDS: readonly RegisterCommand[] = [
  upCommand,
  downCommand,
  statusCommand,
  tokenCommand,
  importCommand,
  caseListCommand,
  caseShowCommand,
  replayCommand,
  tailCommand,
  rebuildCommand,
  quarantineCommand,
  migrateStoreCommand,
  busCommand,
  policyListCommand,
  policyShowCommand,
  policyCheckCommand,
  policyAdoptCommand,
  policyAdoptionsCommand,
  policyOpenCommand,
  policySimulateCommand,
];
