import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { issueToken, type Role } from 'aftercare/access';
import { underWay, type DepartmentStatus } from '../journeys/settled.js';
import { GATEWAY, startAll, type RunningSystem } from '../launcher/index.js';
import { livePid } from '../launcher/pid-file.js';

const LOOK_MS = 100;
const PATIENCE_MS = 120_000;

/** Some or all services on free ports in a temporary folder, spoken to at their own ports. */
export class RunningCompany {
  private constructor(readonly dataDir: string, private readonly system: RunningSystem, private readonly services: readonly string[]) {}

  static async start(services: readonly string[]): Promise<RunningCompany> {
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-company-'));
    try {
      return new RunningCompany(dataDir, await startAll({ dataDir, services, ports: 'free', onSignal: 'none' }), services);
    } catch (error) {
      rmSync(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  urlOf(service: string): string {
    const url = this.system.state.services[service];
    if (url === undefined) throw new Error(`${service} was not started`);
    return url;
  }

  token(role: Role): Promise<string> {
    return issueToken({ privateKeyFile: this.system.state.privateKeyFile, subject: `bench-${role.replace('.', '-')}`, roles: [role], ttlSeconds: 3_600 });
  }

  /** Process ids of every service and of NATS. */
  pids(): readonly { readonly name: string; readonly pid: number }[] {
    return [...this.services, 'nats'].map((name) => {
      const pid = livePid(this.dataDir, name);
      if (pid === null) throw new Error(`${name} does not run`);
      return { name, pid };
    });
  }

  /** Until every log is published, every message dealt with and every model level, in two looks with the same heads. */
  async quiet(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let before = ''; ;) {
      const statuses = await this.statuses();
      const open = underWay(statuses);
      const heads = JSON.stringify(statuses.map(({ head }) => head));
      if (open.length === 0 && heads === before) return;
      before = open.length === 0 ? heads : '';
      if (Date.now() > deadline) throw new Error(`not quiet after ${PATIENCE_MS / 1_000} s: ${open.join('; ')}`);
      await pause(LOOK_MS);
    }
  }

  async stop(): Promise<void> {
    await this.system.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async statuses(): Promise<DepartmentStatus[]> {
    const authorization = `Bearer ${await this.token('operator')}`;
    const departments = this.services.filter((service) => service !== GATEWAY);
    return Promise.all(departments.map(async (department) => {
      const response = await fetch(`${this.urlOf(department)}/operations/status`, { headers: { authorization } });
      if (!response.ok) throw new Error(`${department} does not tell how it stands: ${response.status}`);
      return await response.json() as DepartmentStatus;
    }));
  }
}
