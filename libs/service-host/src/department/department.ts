import { openStore, type EventStore } from 'aftercare/event-store';
import type { Aggregate } from 'aftercare/kernel';
import { answerLogRange, connectBus, JetStreamStrategy, natsOwnStream, Relay, type Bus } from 'aftercare/messaging';
import { POLICY_BOOK_ID, policyBook, shippedAdoption } from 'aftercare/policy';
import { openSqliteVault, type SubjectKeyVault } from 'aftercare/privacy';
import { openViews, type Views } from 'aftercare/projections';
import { join } from 'node:path';
import { Commands } from '../commands/commands.js';
import { fingerprintWith } from '../commands/fingerprint.js';
import { States } from '../commands/states.js';
import { CaseFiles } from './case-files.js';
import type { ServiceConfig } from './config.js';
import { DeadlineWatch } from './deadline-watch.js';
import { decode } from './decode.js';
import { isBook, type DepartmentDefinition } from './definition.js';
import { executeFor } from './execute-for.js';
import { DepartmentPolicies } from '../policies/department-policies.js';
import { LOOK_EVERY_MS, PolicyEndWatch } from '../policies/policy-end-watch.js';
import { fingerprintKey } from './fingerprint-key.js';
import { viewsOf } from './views-of.js';

/** A thread spends a second importing the department; below this length one thread is done sooner. */
const THREADS_FROM_EVENTS = 500_000;

/** The running parts of one department. Opened before the HTTP side, closed after it, in reverse order. */
export class Department {
  private constructor(
    readonly definition: DepartmentDefinition, readonly store: EventStore, readonly vault: SubjectKeyVault, readonly views: Views,
    readonly bus: Bus, readonly parts: DepartmentParts,
  ) {}

  static async open(definition: DepartmentDefinition, config: ServiceConfig): Promise<Department> {
    const store = await openStore(config.store, { log: definition.name, dataDir: config.dataDir, decode });
    const vault = openSqliteVault({ file: join(config.vaultDir, 'keys.db'), kekFile: join(config.vaultDir, 'kek') });
    const views = openViews({
      file: join(config.dataDir, 'views.db'), store, views: viewsOf(definition), stallMs: config.viewsStallMs,
      ...(definition.module && { parallel: { module: new URL('./views-for-threads.js', import.meta.url).href, argument: definition.module, fromEvents: THREADS_FROM_EVENTS } }),
    });
    const bus = connectBus({
      servers: config.natsUrl, name: definition.name, ...(config.natsNkeyFile !== null && { nkeyFile: config.natsNkeyFile }),
    });
    const parts = assemble(definition, config, { store, vault, views, bus });
    await takeShippedPolicy(parts.commands, definition.aggregates.find(isBook) ?? policyBook);
    return new Department(definition, store, vault, views, bus, parts);
  }

  start(): void {
    this.views.start();
    this.parts.relay.start();
    this.parts.watch.start();
    this.parts.policyEnd.start();
  }

  async close(): Promise<void> {
    await this.parts.policyEnd.close();
    await this.parts.watch.close();
    this.parts.stopAnswering();
    await this.parts.relay.close();
    await this.bus.close();
    this.views.close();
    await this.store.close();
    this.vault.close();
  }
}

export interface DepartmentParts {
  readonly commands: Commands;
  readonly files: CaseFiles;
  readonly relay: Relay;
  readonly strategy: JetStreamStrategy;
  readonly watch: DeadlineWatch;
  readonly policies: DepartmentPolicies;
  readonly policyEnd: PolicyEndWatch;
  readonly stopAnswering: () => void;
}

interface Opened { readonly store: EventStore; readonly vault: SubjectKeyVault; readonly views: Views; readonly bus: Bus }

function assemble(definition: DepartmentDefinition, config: ServiceConfig, { store, vault, views, bus }: Opened): DepartmentParts {
  const now = () => Date.now();
  const policies = new DepartmentPolicies(store, now);
  const commands = new Commands({
    store, states: new States(store), vault, policies, fingerprint: fingerprintWith(fingerprintKey(definition.name, config)), now,
  });
  const files = new CaseFiles(store, vault);
  return {
    commands, files, policies,
    policyEnd: new PolicyEndWatch({ standing: () => policies.standing(), everyMs: LOOK_EVERY_MS }),
    relay: new Relay(store, natsOwnStream(bus, store.log)),
    strategy: new JetStreamStrategy({
      log: definition.name, store, bus, decode, open: (recorded) => files.openEvent(recorded), execute: async (order, meta) => {
        await executeFor(commands, order, meta);
        // A department that hears late of an adoption decides the next case by it, not the first one after the next look.
        if (isBook(order.aggregate)) await policies.look();
      },
    }),
    watch: new DeadlineWatch({ aggregates: definition.aggregates as Aggregate[], views, commands, now, everyMs: config.deadlineWatchMs }),
    stopAnswering: answerLogRange(bus, store),
  };
}

/** A later program brings another text under the same name: the one in the log stays. */
const KNOWN_ALREADY = new Set(['idempotency-key-reused', 'adopted-with-other-content']);

/** The policy of a new department, until its company adopts one: in its log, so that a later program with another one changes nothing. */
async function takeShippedPolicy(commands: Commands, book: typeof policyBook): Promise<void> {
  const outcome = await commands.execute(book, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption: shippedAdoption() }, {
    actor: { id: 'shipped-policy', role: 'system' }, commandId: 'shipped-policy', expectedVersion: null, onBehalfOf: null, reason: null,
  });
  if (outcome.outcome !== 'done' && !(outcome.outcome === 'refused' && KNOWN_ALREADY.has(outcome.refusal.refused))) {
    throw new Error('the shipped policy could not be noted');
  }
}
