import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startNats, type Bus, type StartBus } from './bus.js';
import { DepartmentRunner } from './department-runner.js';
import { GATEWAY, SERVICES } from './departments.js';
import { access } from './issuer.js';
import { claimLauncher, clearLeftovers, LAUNCHER, removePidOf, writePid } from './pid-file.js';
import { keepProvisioned, type Provisioning } from './provisioning.js';
import { choosePorts, type PortChoice } from './ports.js';
import type { OnProgress } from './progress.js';
import { readRunState, removeRunState, writeRunState, type RunState } from './run-state.js';
import { builtService, planOf, type CommandOf } from './service-plan.js';
import { stopOnSignals } from './signals.js';
import { StartFailure } from './start-failure.js';

export interface StartOptions {
  /** Everything the instance keeps lies below it. */
  readonly dataDir: string;
  /** Default `usual`. */
  readonly ports?: PortChoice;
  /** Default: all departments and the gateway. */
  readonly services?: readonly string[];
  readonly onProgress?: OnProgress;
  /** Default 10 s. */
  readonly stopGraceMs?: number;
  readonly commandOf?: CommandOf;
  readonly startBus?: StartBus;
  readonly ensureIssuer?: (dir: string) => Promise<{ readonly jwksFile: string; readonly privateKeyFile: string }>;
  /** Exit code after SIGINT, SIGTERM or SIGHUP; default 128 + signal. `none` leaves signals to the caller. */
  readonly onSignal?: number | 'none';
}

export interface RunningSystem {
  readonly state: RunState;
  /** Ends the gateway, then the departments, then the bus; answers when all have exited. May be called twice. */
  stop(): Promise<void>;
}

const LEFTOVER_GRACE_MS = 5_000;
const STOP_GRACE_MS = 10_000;
const NATS = 'nats';

/** Brings an instance up and answers when every service is ready. @throws StartFailure; nothing is then left running */
export async function startAll(options: StartOptions): Promise<RunningSystem> {
  const dataDir = resolve(options.dataDir);
  const holder = claimLauncher(dataDir);
  if (holder !== null) {
    throw new StartFailure(`it already runs from ${dataDir} (launcher ${holder}): look with \`aftercare status\`, end it with \`aftercare down\`, or choose another folder with --data.`);
  }
  // What a killed launcher left would pass for this one's: old addresses, and ready at once.
  removeRunState(dataDir);
  const starting = new Startup(dataDir, options);
  const release = options.onSignal === 'none' ? () => undefined : stopOnSignals(() => starting.stop(), options.onSignal);
  const stop = async (): Promise<void> => { await starting.stop(); release(); };
  try {
    return { state: await starting.start(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

class Startup {
  private readonly runners = new Map<string, DepartmentRunner>();
  private readonly services: readonly string[];
  private readonly tell: OnProgress;
  private bus: Bus | null = null;
  private provisioning: Provisioning | null = null;
  private busPid = 0;
  private readonly startedAt = new Date().toISOString();
  private ending: Promise<void> | null = null;

  constructor(private readonly dataDir: string, private readonly options: StartOptions) {
    this.services = options.services ?? SERVICES;
    this.tell = options.onProgress ?? (() => undefined);
  }

  async start(): Promise<RunState> {
    const { dataDir, options, services, tell } = this;
    mkdirSync(join(dataDir, 'logs'), { recursive: true });
    for (const service of await clearLeftovers(dataDir, LEFTOVER_GRACE_MS)) tell({ kind: 'leftover-ended', service });
    const ensureIssuer = options.ensureIssuer ?? (await access()).ensureIssuer;
    const issuer = await ensureIssuer(join(dataDir, 'issuer'));
    const { url: natsUrl, identities: natsIdentities } = await this.startBus();
    const ports = await choosePorts(services, options.ports ?? 'usual');
    const urls = Object.fromEntries(services.map((service) => [service, `http://127.0.0.1:${ports[service]}`]));
    const state: RunState = {
      dataDir, launcherPid: process.pid, natsUrl, natsIdentities, startedAt: this.startedAt, readyAt: null, gatewayUrl: urls[GATEWAY] ?? '', services: urls, ...issuer,
    };
    writeRunState(state);
    const surroundings = { dataDir, natsUrl, natsIdentities, jwksFile: issuer.jwksFile, urls };
    for (const service of services) {
      const plan = planOf(service, surroundings, options.commandOf ?? builtService);
      const place = { service, url: urls[service] as string, dataDir, stopGraceMs: options.stopGraceMs ?? STOP_GRACE_MS };
      this.runners.set(service, new DepartmentRunner(place, plan, tell));
    }
    await this.startRunners();
    const ready = { ...state, readyAt: new Date().toISOString() };
    writeRunState(ready);
    return ready;
  }

  private async startRunners(): Promise<void> {
    if (this.ending) throw new StartFailure('it was stopped while starting.');
    await Promise.all([...this.runners.values()].map((runner) => runner.start()));
  }

  private async startBus(): Promise<Bus> {
    const began = Date.now();
    this.tell({ kind: 'starting', service: NATS });
    const ready = (): void => this.tell({ kind: 'ready', service: NATS, elapsedMs: Date.now() - began });
    const bus = await (this.options.startBus ?? startNats)(join(this.dataDir, NATS), {
      spawned: (pid) => {
        this.busPid = pid;
        writePid(this.dataDir, NATS, pid);
      },
      crashed: (how, retryInMs) => this.tell({ kind: 'crashed', service: NATS, how, retryInMs }),
      announce: (why) => this.tell({ kind: 'waiting', service: NATS, elapsedMs: Date.now() - began, why }),
      back: ready,
    });
    this.bus = bus;
    this.provisioning = await keepProvisioned(bus, (why) => this.tell({ kind: 'waiting', service: NATS, elapsedMs: Date.now() - began, why }));
    ready();
    return bus;
  }

  stop(): Promise<void> {
    this.ending ??= this.stopInOrder();
    return this.ending;
  }

  private async stopInOrder(): Promise<void> {
    const { dataDir, runners } = this;
    await runners.get(GATEWAY)?.stop();
    await Promise.all([...runners.values()].map((runner) => runner.stop()));
    await this.provisioning?.close();
    if (this.bus) await this.stopBus(this.bus);
    // The folder may have been replaced under this instance; then these files speak of another one.
    const recorded = readRunState(dataDir);
    if (recorded && recorded.startedAt !== this.startedAt) return;
    removeRunState(dataDir);
    removePidOf(dataDir, LAUNCHER, process.pid);
  }

  private async stopBus(bus: Bus): Promise<void> {
    if (bus.ours) this.tell({ kind: 'stopping', service: NATS });
    await bus.stop();
    removePidOf(this.dataDir, NATS, this.busPid);
    if (bus.ours) this.tell({ kind: 'stopped', service: NATS, forced: false });
  }
}
