import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from 'aftercare/testing';
import { askReady } from '../../launcher/readiness.js';
import type { DepartmentStatus } from '../../journeys/settled.js';
import { DEPARTMENTS, type Company, type Department } from './company.js';

/** What a kill met: `idle` is a department that had done nothing since its last death and had nothing to do. */
export type Met = 'working' | 'starting' | 'idle';

/** Knows what each department had done when it died last, so that nobody counts a kill of one that stood still. */
export class Attention {
  private readonly heads = new Map<Department, number>();
  private readonly acknowledged = new Map<Department, number>();

  constructor(private readonly company: Company, private readonly history: History) {}

  /** Ready, and it recorded something since its last death or has something open. */
  async isWorking(name: Department): Promise<boolean> {
    if (!await this.isReady(name)) return false;
    const status = await this.company.status(name).catch(() => null);
    return status !== null && (this.hasMoved(name, status) || await this.isBehind(status));
  }

  /** It has opened its log and takes no work yet, but there is some for it. */
  async isStarting(name: Department): Promise<boolean> {
    return this.holdsItsLog(name) && this.isAwaited(name) && !await this.isReady(name);
  }

  /** To be asked right before the kill; remembers it as the last death. */
  async at(name: Department): Promise<Met> {
    const isStarting = await this.isStarting(name);
    const isWorking = !isStarting && await this.isWorking(name);
    const head = isStarting ? null : (await this.company.status(name).catch(() => null))?.head;
    this.heads.set(name, head ?? this.heads.get(name) ?? 0);
    this.acknowledged.set(name, this.history.count('ok'));
    if (isStarting) return 'starting';
    return isWorking ? 'working' : 'idle';
  }

  async isReady(name: Department): Promise<boolean> {
    return (await askReady(this.company.service(name).url)).ready;
  }

  async isAnotherAway(name: Department): Promise<boolean> {
    return (await Promise.all(DEPARTMENTS.filter((other) => other !== name).map((other) => this.isReady(other)))).includes(false);
  }

  private hasMoved(name: Department, { head, relay, views }: DepartmentStatus): boolean {
    return head > (this.heads.get(name) ?? 0) || relay.lag > 0 || views.lagEvents > 0;
  }

  /** Clients stand at intake and ask again and again; the others wait for what it has taken since. */
  private isAwaited(name: Department): boolean {
    return name === 'intake' || this.history.count('ok') > (this.acknowledged.get(name) ?? 0);
  }

  /** Before that a kill meets a program that loads, and nothing that could be lost. Where there is no /proc nobody knows, and the kill does not count. */
  private holdsItsLog(name: Department): boolean {
    const folder = `/proc/${this.company.service(name).pid}/fd`;
    try {
      return readdirSync(folder).some((descriptor) => readlinkSync(join(folder, descriptor)).endsWith('/log.db'));
    } catch {
      return false;
    }
  }

  /** A neighbour has recorded what this department has not dealt with. */
  private async isBehind({ sources }: DepartmentStatus): Promise<boolean> {
    for (const { source, due } of sources) {
      const neighbour = DEPARTMENTS.find((one) => one === source);
      const status = neighbour && await this.company.status(neighbour).catch(() => null);
      if (status && due < status.head) return true;
    }
    return false;
  }
}
