import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { openStore, StoreUnavailable, type EventStore } from 'aftercare/event-store';
import {
  answerLogRange, connectBus, natsOwnStream, provisionConsumer, provisionStream, Relay, streamNameOf, type Bus, type JetStreamStrategy,
} from 'aftercare/messaging';
import {
  effectViolations, FaultProxy, History, historyViolations, logViolations, reversedEffects, type Seeded, type Violation,
} from 'aftercare/testing';
import { readWholeLog } from '../store/read-whole-log.js';
import { eventOf, INVESTIGATION, LISTENER, listening, recordOnce, SOURCE } from './departments.js';
import { copyViolations } from './bus-copy.js';
import { busPlants } from './bus-plants.js';
import { NatsDisk } from './nats-disk.js';

export interface LinkOptions {
  readonly folder: string;
  readonly random: Seeded;
  readonly planted: string | null;
  /** Engine of both stores. */
  readonly setting?: string;
}

const ACK_WAIT_MS = 1_000;
const PROVISION_EVERY_MS = 100;
const CASES = 5;

/** Two departments with stores of their own, a bus between, and each on a line to the bus that can be made bad. */
export class BusLink {
  readonly history = new History();
  private readonly stopped = new AbortController();
  private readonly closed = new AbortController();
  private readonly load: Promise<void>[] = [];
  private provisioning: Promise<void> | null = null;

  private constructor(
    private readonly options: LinkOptions, readonly nats: NatsDisk, readonly lines: readonly [FaultProxy, FaultProxy],
    private readonly stores: readonly [EventStore, EventStore], private readonly buses: readonly [Bus, Bus, Bus],
    private readonly relay: Relay, private listener: JetStreamStrategy, private readonly stopAnswering: () => void,
  ) {}

  static async open(options: LinkOptions): Promise<BusLink> {
    const nats = new NatsDisk(join(options.folder, 'nats'));
    const { token, port, url } = await nats.start();
    const lines = [await FaultProxy.to(port), await FaultProxy.to(port)] as const;
    const setting = options.setting ?? 'sqlite';
    const stores = [
      await openStore(setting, { log: SOURCE, dataDir: join(options.folder, SOURCE) }), await openStore(setting, { log: LISTENER, dataDir: join(options.folder, LISTENER) }),
    ] as const;
    const to = (line: FaultProxy, name: string): Bus => connectBus({ servers: `nats://${token}@127.0.0.1:${line.port}`, name });
    const buses = [to(lines[0], SOURCE), to(lines[1], LISTENER), connectBus({ servers: url, name: 'provisioner' })] as const;
    const plants = busPlants(options.planted);
    const relay = new Relay(stores[0], plants.stream(natsOwnStream(buses[0], SOURCE)), { pollMs: 300 });
    relay.start();
    const link = new BusLink(options, nats, lines, stores, buses, relay, listening(buses[1], plants.store(stores[1]), plants.listener), answerLogRange(buses[0], stores[0]));
    link.provisioning = link.keepProvisioned();
    link.load.push(link.register('c0'), link.register('c1'));
    return link;
  }

  /** Both departments are on the bus, and the listener has dealt with something since `position`. */
  async isUnderWay(position: number): Promise<boolean> {
    return this.buses[0].status().connected && this.buses[1].status().connected && await this.position() > position;
  }

  /** Of the listener in the log of the source. */
  position(): Promise<number> {
    return this.stores[1].inboxPosition(SOURCE);
  }

  /** Stops the listener in order and lets a new one go on from what the store holds. */
  async restartListener(): Promise<void> {
    await this.listener.close();
    const plants = busPlants(this.options.planted);
    this.listener = listening(this.buses[1], plants.store(this.stores[1]), plants.listener);
  }

  /** Ends the load and waits until the listener has dealt with everything and the bus holds a copy of it. */
  async settle(ms: number): Promise<Violation[]> {
    this.stopped.abort();
    await Promise.all(this.load);
    for (const deadline = Date.now() + ms; ;) {
      const open = await this.open();
      if (open.length === 0) return [];
      if (Date.now() > deadline) return [{ rule: 'not-converged', what: open.join('; ') }];
      await pause(50);
    }
  }

  async violations(): Promise<Violation[]> {
    const [source, listener] = this.stores;
    const logs = [await readWholeLog(source), await readWholeLog(listener)] as const;
    const all = logs.flat();
    const caseOf = new Map((await source.readLog(0, all.length + 1)).map(({ event }) => [event.id, event.correlationId]));
    const aside = (await listener.quarantined()).filter((entry) => entry.source === SOURCE);
    return [
      ...historyViolations(this.history.operations, logs[0]), ...logs.flatMap(logViolations), ...effectViolations(INVESTIGATION, all),
      ...reversedEffects(INVESTIGATION, all, ({ id }) => caseOf.get(id) ?? ''), ...aside.map(({ index, reason }) => ({ rule: 'quarantined' as const, what: `${index}: ${reason}` })),
      ...await this.differentCopy(),
    ];
  }

  async close(): Promise<void> {
    this.stopped.abort();
    this.closed.abort();
    await Promise.all(this.load);
    await this.listener.close();
    this.stopAnswering();
    await this.relay.close();
    await Promise.all(this.buses.map((bus) => bus.close()));
    await this.provisioning;
    for (const line of this.lines) await line.close();
    for (const store of this.stores) await store.close();
    await this.nats.kill();
  }

  private async open(): Promise<string[]> {
    const head = await this.stores[0].head();
    const position = await this.position();
    const { relayed } = await this.relay.status();
    const held = await this.heldByTheBus();
    return [
      ...(position < head ? [`the listener is at ${position} of ${head}`] : []), ...(relayed !== head - 1 ? [`${relayed + 1} of ${head} are published`] : []),
      ...(held !== head ? [`the bus holds ${held} of ${head}`] : []),
    ];
  }

  private async heldByTheBus(): Promise<number> {
    const connection = this.buses[2].status().connected ? await this.buses[2].online() : null;
    if (!connection) return -1;
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 1_000 });
    return manager.streams.info(streamNameOf(SOURCE)).then(({ state }) => state.last_seq, () => -1);
  }

  private async differentCopy(): Promise<Violation[]> {
    const connection = await this.buses[2].online();
    if (!connection) return [];
    return copyViolations(connection, SOURCE, this.stores[0]);
  }

  /** A client that registers one complaint after the other. The store is on its own machine and not behind the bad line. */
  private async register(client: string): Promise<void> {
    const { random } = this.options;
    while (!this.stopped.signal.aborted) {
      const id = this.history.begin(client);
      const caseId = `case-${random.int(1, CASES)}`;
      try {
        await recordOnce(this.stores[0], `complaint-${caseId}`, id, eventOf('ComplaintRegistered', caseId, { operation: id }, null));
        this.history.end(id, 'ok');
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
      }
      await pause(random.int(5, 60));
    }
  }

  private async keepProvisioned(): Promise<void> {
    const [, , bus] = this.buses;
    while (!this.closed.signal.aborted) {
      const connection = bus.status().connected ? await bus.online() : null;
      if (connection) {
        const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 1_000 });
        await provisionStream(manager, SOURCE).then(() => provisionConsumer(manager, SOURCE, LISTENER, ACK_WAIT_MS)).catch(() => undefined);
      }
      await pause(PROVISION_EVERY_MS);
    }
  }
}
