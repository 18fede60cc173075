import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectOnce } from 'aftercare/messaging';
import { openStore, type EventStore } from 'aftercare/event-store';
import { ensureIssuer, issueToken, type Role } from 'aftercare/access';
import { seedFileOf } from '../../nats/identities.js';
import { startNats, type Bus } from '../../launcher/bus.js';
import { keepProvisioned, type Provisioning } from '../../launcher/provisioning.js';
import { choosePorts } from '../../launcher/ports.js';
import { builtService, planOf } from '../../launcher/service-plan.js';
import type { DepartmentStatus } from '../../journeys/settled.js';
import { goesWithUs } from '../children.js';
import { ServiceProcess } from './service-process.js';

/** The departments that a complaint about a product goes through by itself. */
export const DEPARTMENTS = ['intake', 'quality', 'logistics', 'surveys'] as const;
export type Department = (typeof DEPARTMENTS)[number];

const TOKEN_SECONDS = 7_200;
const ANSWER_MS = 5_000;

interface Answer { readonly status: number; readonly body: unknown }

/** Real departments with a bus of their own in one folder, each a direct child that may be killed. */
export class Company {
  private readonly tokens = new Map<Role, Promise<string>>();

  private constructor(
    readonly folder: string, readonly services: ReadonlyMap<Department, ServiceProcess>, private readonly bus: Bus,
    private readonly provisioning: Provisioning | null, private readonly privateKeyFile: string,
  ) {}

  static async start(folder: string): Promise<Company> {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const { jwksFile, privateKeyFile } = await ensureIssuer(join(folder, 'issuer'));
    const bus = await startNats(join(folder, 'nats'), { spawned: (pid) => void goesWithUs(pid), crashed: () => undefined, announce: () => undefined, back: () => undefined });
    const provisioning = await keepProvisioned(bus, () => undefined);
    const ports = await choosePorts(DEPARTMENTS, 'free');
    const urls = Object.fromEntries(DEPARTMENTS.map((name) => [name, `http://127.0.0.1:${ports[name]}`]));
    const surroundings = { dataDir: folder, natsUrl: bus.url, natsIdentities: bus.identities, jwksFile, urls };
    const services = new Map(DEPARTMENTS.map((name) => [name, new ServiceProcess(name, urls[name] as string, planOf(name, surroundings, builtService))]));
    const company = new Company(folder, services, bus, provisioning, privateKeyFile);
    for (const service of services.values()) service.start();
    await Promise.all([...services.values()].map((service) => service.untilReady()));
    return company;
  }

  service(name: Department): ServiceProcess {
    return this.services.get(name) as ServiceProcess;
  }

  /** @throws Error when nobody answers */
  async tell(name: Department, role: Role, path: string, body: object, key: string): Promise<Answer> {
    return this.request(name, role, path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': key } });
  }

  async status(name: Department): Promise<DepartmentStatus> {
    return (await this.request(name, 'operator', '/operations/status', {})).body as DepartmentStatus;
  }

  /** Names of the models that differ from what their log says. */
  async modelsThatDiffer(name: Department): Promise<string[]> {
    const { status, body } = await this.request(name, 'operator', '/operations/rebuild', { method: 'POST', headers: { 'idempotency-key': `rebuild-${name}` } }, 60_000);
    if (status !== 200) throw new Error(`${name} does not rebuild: ${status} ${JSON.stringify(body)}`);
    const { compared } = body as { compared: readonly { readonly view: string; readonly same: boolean }[] };
    return compared.filter(({ same }) => !same).map(({ view }) => `${name}/${view}`);
  }

  /** The log of a department that does not run. */
  openLog(name: Department): Promise<EventStore> {
    return openStore('sqlite', { log: name, dataDir: join(this.folder, name) });
  }

  /** May look at every stream. */
  connectAsOperator(): ReturnType<typeof connectOnce> {
    const { url, identities } = this.bus;
    return connectOnce({ servers: url, name: 'operator', ...(identities !== null && { nkeyFile: seedFileOf(identities, 'operator') }) });
  }

  async stopServices(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.stop()));
  }

  async stop(): Promise<void> {
    await this.stopServices();
    await this.provisioning?.close();
    await this.bus.stop();
  }

  private async request(name: Department, role: Role, path: string, init: RequestInit, ms = ANSWER_MS): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await this.tokenOf(role)}`);
    const response = await fetch(`${this.service(name).url}${path}`, { ...init, headers, signal: AbortSignal.timeout(ms) });
    return { status: response.status, body: await response.json() };
  }

  private tokenOf(role: Role): Promise<string> {
    const known = this.tokens.get(role);
    if (known) return known;
    const token = issueToken({ privateKeyFile: this.privateKeyFile, subject: `u-${role.replace('.', '-')}`, roles: [role], ttlSeconds: TOKEN_SECONDS });
    this.tokens.set(role, token);
    return token;
  }
}
