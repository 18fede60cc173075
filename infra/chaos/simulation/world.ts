import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { Relay, SourceConsumer } from 'aftercare/messaging';
import { History, type Seeded } from 'aftercare/testing';
import { DEPARTMENTS, hostOf, LISTENS, REACTIONS } from './chain.js';
import { Incarnation } from './incarnation.js';
import { Monitor } from './monitor.js';
import type { SimOptions } from './options.js';
import { SimBus } from './sim-bus.js';
import { plantedStore, type SimPlant } from './sim-plants.js';
import { simFeed, simOwner, simOwnStream } from './sim-ports.js';
import { VirtualTime } from './virtual-time.js';

const START = Date.parse('2026-03-02T01:30:00.000Z');
const RETRY_MS = [20, 200, 1_000];

interface Running { readonly life: Incarnation; readonly relay: Relay; readonly consumers: readonly SourceConsumer[] }

/** Everything of one run: time, bus, departments and what is wrong with them at the moment. */
export class World {
  readonly time = new VirtualTime(START);
  readonly history = new History();
  readonly monitor = new Monitor(this);
  readonly bus: SimBus;
  /** What each relay believes to have had confirmed; read by a planted bug only. */
  readonly confirmed = new Map<string, number>();
  isHealing = false;
  busIsUp = true;
  /** Changes with every restart of the bus: connections of an earlier one carry nothing any more. */
  busLife = 0;
  private readonly stores = new Map<string, EventStore>();
  private readonly running = new Map<string, Running>();
  private readonly clocks = new Map<string, number>();
  private readonly cut = new Set<string>();
  private readonly awayUntil = new Map<string, number>();
  private ids = 0;

  constructor(
    readonly random: Seeded, readonly options: SimOptions, private readonly plant: SimPlant | null,
    private readonly trace: ((line: string) => void) | null,
  ) {
    this.bus = new SimBus(DEPARTMENTS, LISTENS, () => this.time.now());
    for (const log of DEPARTMENTS) {
      this.stores.set(log, openMemoryStore({ log, now: () => new Date(this.time.now() + this.clockOf(log)).toISOString() }));
    }
  }

  breaks(plant: SimPlant): boolean {
    return this.plant === plant;
  }

  note(line: () => string): void {
    this.trace?.(`${String(this.time.now() - START).padStart(6)} ms  ${line()}`);
  }

  newId(): string {
    this.ids += 1;
    return `00000000-0000-7000-8000-${this.ids.toString(16).padStart(12, '0')}`;
  }

  /** What lies on the department's disk, whoever lives. */
  durable(department: string): EventStore {
    return this.stores.get(department) as EventStore;
  }

  async bytesAt(department: string, index: number): Promise<Uint8Array | null> {
    return (await this.durable(department).readLog(index, 1))[0]?.bytes ?? null;
  }

  /** More than any log of a run holds. */
  get longest(): number {
    return this.options.operations * 6;
  }

  clockOf(department: string): number {
    return this.clocks.get(department) ?? 0;
  }

  stepClock(department: string, ms: number): void {
    this.clocks.set(department, this.clockOf(department) + ms);
    this.note(() => `the clock of ${department} steps by ${ms} ms`);
  }

  start(department: string): void {
    if (this.isUp(department)) return;
    this.note(() => `${department} starts`);
    const life = new Incarnation(this, department);
    const store = life.storeOf(plantedStore(life, this.durable(department)));
    const { pollMs, window, ackWaitMs, quietMs, lookMs } = this.options;
    const relay = new Relay(store, simOwnStream(life), { pollMs, window, time: life.time });
    const consumers = LISTENS.filter(([, listener]) => listener === department).map(([source]) => new SourceConsumer(
      source, hostOf(life, store), { feed: simFeed(life, source), owner: simOwner(life, source), time: life.time },
      new Map(Object.entries(REACTIONS[`${source}>${department}`] ?? {})), { retryMs: RETRY_MS, ackWaitMs, quietMs, lookMs, finishMs: 3_000 },
    ));
    this.running.set(department, { life, relay, consumers });
    relay.start();
    for (const consumer of consumers) consumer.start();
  }

  isUp(department: string): boolean {
    return this.running.get(department)?.life.isAlive ?? false;
  }

  life(department: string): Incarnation | null {
    const life = this.running.get(department)?.life;
    return life?.isAlive ? life : null;
  }

  crash(department: string): void {
    const running = this.running.get(department);
    if (!running?.life.isAlive) return;
    this.note(() => `${department} dies`);
    running.life.isAlive = false;
    this.time.after(this.random.int(50, 2_500), () => this.start(department));
  }

  /** In order, as on SIGTERM; then dead like after any end, so that what still runs would show itself. */
  stopInOrder(department: string): void {
    const running = this.running.get(department);
    if (!running?.life.isAlive) return;
    this.note(() => `${department} is asked to stop`);
    void Promise.all([...running.consumers.map((consumer) => consumer.close()), running.relay.close()]).then(() => {
      this.note(() => `${department} stopped`);
      this.crash(department);
    });
    this.time.after(6_000, () => { if (this.running.get(department) === running) this.crash(department); });
  }

  /** @param since life of the bus in which the connection was made; without it, whether one could be made now */
  isLinked(department: string, since = this.busLife): boolean {
    return this.busIsUp && since === this.busLife && !this.cut.has(department);
  }

  /** The bus ends; what it had acknowledged may be gone when it is back. */
  endBus(): void {
    this.busIsUp = false;
    this.busLife += 1;
    this.bus.ring();
  }

  cutOff(department: string, isCut: boolean): void {
    this.note(() => `${department} ${isCut ? 'is cut off from' : 'is linked to'} the bus`);
    if (isCut) this.cut.add(department);
    else this.cut.delete(department);
    this.bus.ring();
  }

  /** Whether a store call meets a disk that refuses, and whether the effect came about all the same. */
  storeRefuses(department: string): 'no' | 'before' | 'after' {
    if (this.isHealing) return 'no';
    if ((this.awayUntil.get(department) ?? 0) > this.time.now()) return 'before';
    if (!this.random.chance(this.options.storeAway)) return 'no';
    const ms = this.random.pick([0, 30, 800, 5_000]);
    this.awayUntil.set(department, this.time.now() + ms);
    this.note(() => `the store of ${department} is away for ${ms} ms`);
    return this.random.pick(['before', 'after'] as const);
  }

  diesHere({ department }: Incarnation): boolean {
    if (this.isHealing || !this.random.chance(this.options.crash)) return false;
    this.crash(department);
    return true;
  }

  losesOne(): boolean { return this.happens(this.options.loss); }
  doublesOne(): boolean { return this.happens(this.options.doubling); }
  reordersOne(): boolean { return this.happens(this.options.reordering); }

  stepMs(): number {
    return this.random.chance(0.6) ? 0 : this.random.int(1, 4);
  }

  latencyMs(): number {
    return this.isHealing ? 1 : this.random.int(0, this.options.latencyMs);
  }

  private happens(chance: number): boolean {
    return !this.isHealing && chance > 0 && this.random.chance(chance);
  }
}
