import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureIssuer, issueToken, type Role } from 'aftercare/access';
import { openStore, type EventStore } from 'aftercare/event-store';
import { ServiceProcess } from '../chaos/services/service-process.js';
import { startNats, type Bus } from '../launcher/bus.js';
import { choosePorts } from '../launcher/ports.js';
import { keepProvisioned, type Provisioning } from '../launcher/provisioning.js';
import { builtService, planOf } from '../launcher/service-plan.js';
import { startPrivateCluster, type PrivateCluster } from '../postgres/private-cluster.js';

/** Intake, and two instances of quality that share log and vault but no data folder. */
export const PLACES = { intake: 'intake', 'quality-a': 'quality', 'quality-b': 'quality' } as const;
export type Place = keyof typeof PLACES;
export const INSTANCES = ['quality-a', 'quality-b'] as const satisfies readonly Place[];

const ANSWER_MS = 20_000;
const TOKEN_SECONDS = 3_600;
/** Oftener than usual, so that both watches look at the same due time at the same moment. */
const WATCH_MS = 100;

export interface Answer<T = unknown> { readonly status: number; readonly body: T }

interface Below { readonly folder: string; readonly cluster: PrivateCluster; readonly log: string; readonly bus: Bus; readonly provisioning: Provisioning | null }

export class TwoOfQuality {
  private readonly tokens = new Map<Role, Promise<string>>();

  private constructor(private readonly below: Below, readonly processes: Readonly<Record<Place, ServiceProcess>>, private readonly privateKeyFile: string) {}

  static async start(): Promise<TwoOfQuality> {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-two-'));
    const cluster = await startPrivateCluster();
    const log = await cluster.createDatabase();
    const { jwksFile, privateKeyFile } = await ensureIssuer(join(folder, 'issuer'));
    const bus = await startNats(join(folder, 'nats'), { spawned: () => undefined, crashed: () => undefined, announce: () => undefined, back: () => undefined });
    const provisioning = await keepProvisioned(bus, () => undefined);
    const places = Object.keys(PLACES) as Place[];
    const ports = await choosePorts(places, 'free');
    const processes = Object.fromEntries(places.map((place) => {
      const [service, url, dataDir] = [PLACES[place], `http://127.0.0.1:${ports[place]}`, join(folder, place)];
      mkdirSync(join(dataDir, 'logs'), { recursive: true });
      const plan = planOf(service, { dataDir, natsUrl: bus.url, natsIdentities: bus.identities, jwksFile, urls: { [service]: url } }, builtService);
      const env = {
        ...plan.env, AFTERCARE_VAULT: join(folder, 'vault'), AFTERCARE_DEADLINE_WATCH_MS: String(WATCH_MS), ...(service === 'quality' && { AFTERCARE_STORE: log }),
      };
      return [place, new ServiceProcess(place, url, { ...plan, env })];
    })) as Record<Place, ServiceProcess>;
    const company = new TwoOfQuality({ folder, cluster, log, bus, provisioning }, processes, privateKeyFile);
    try {
      for (const process of Object.values(processes)) process.start();
      await Promise.all(Object.values(processes).map((process) => process.untilReady()));
      return company;
    } catch (error) {
      await company.stop();
      throw error;
    }
  }

  /** @throws Error when nobody answers */
  tell<T>(place: Place, role: Role, path: string, body: object, key: string): Promise<Answer<T>> {
    return this.request(place, role, path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': key } });
  }

  /** @throws Error when nobody answers */
  ask<T>(place: Place, role: Role, path: string): Promise<Answer<T>> {
    return this.request(place, role, path, {});
  }

  /** The log of a department that does not run. */
  openLog(service: 'intake' | 'quality'): Promise<EventStore> {
    const { folder, log } = this.below;
    return service === 'quality' ? openStore(log, { log: service, dataDir: folder }) : openStore('sqlite', { log: service, dataDir: join(folder, 'intake', 'intake') });
  }

  async stopServices(): Promise<void> {
    await Promise.all(Object.values(this.processes).map((process) => process.stop()));
  }

  async stop(): Promise<void> {
    const { folder, cluster, bus, provisioning } = this.below;
    await this.stopServices();
    await provisioning?.close();
    await bus.stop();
    await cluster.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private async request<T>(place: Place, role: Role, path: string, init: RequestInit): Promise<Answer<T>> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await this.tokenOf(role)}`);
    const response = await fetch(`${this.processes[place].url}${path}`, { ...init, headers, signal: AbortSignal.timeout(ANSWER_MS) });
    return { status: response.status, body: await response.json() as T };
  }

  private tokenOf(role: Role): Promise<string> {
    const known = this.tokens.get(role);
    if (known) return known;
    const token = issueToken({ privateKeyFile: this.privateKeyFile, subject: `u-${role.replace('.', '-')}`, roles: [role], ttlSeconds: TOKEN_SECONDS });
    this.tokens.set(role, token);
    return token;
  }
}
