import { issueToken, type Role } from 'aftercare/access';
import type { CommandReceipt } from 'aftercare/service-host';
import { setTimeout as pause } from 'node:timers/promises';

/** What the gateway said no to, in the words of the problem document. */
export class StoryBroken extends Error {
  override readonly name = 'StoryBroken';
}

export type Receipt = CommandReceipt;

export interface Shown {
  readonly id: string;
  readonly stage: string;
  readonly version: number;
  readonly state: Readonly<Record<string, unknown>>;
  readonly texts: Readonly<Record<string, string>>;
}

export interface DeskOptions {
  readonly gatewayUrl: string;
  readonly privateKeyFile: string;
  /** Prefix of every idempotency key: the same story with the same prefix is the same story. */
  readonly prefix: string;
  /** How long a department may be away or behind before the story gives up. */
  readonly patienceMs: number;
  /** Called after every command that was taken; a test uses it to pull a plug in the middle. */
  readonly afterStep?: (step: number) => Promise<void>;
}

const TOKEN_SECONDS = 3_600;
const GLANCE_MS = 25;

/** Every person of the company at one desk: says what a role says, sees what a role sees, over HTTP and nothing else. */
export class Desk {
  private readonly tokens = new Map<string, Promise<string>>();
  private commands = 0;

  constructor(private readonly options: DeskOptions) {}

  /** A command, repeated under the same key until it is answered: a lost answer must not become a second case. */
  async tell(role: Role, path: string, body: object): Promise<Receipt> {
    this.commands += 1;
    const key = `${this.options.prefix}:${this.commands}`;
    const receipt = await this.answer<Receipt>(role, path, {
      method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
    await this.options.afterStep?.(this.commands);
    return receipt;
  }

  ask<T>(role: Role, path: string): Promise<T> {
    return this.answer<T>(role, path, {});
  }

  /** A command that has to be refused. @throws StoryBroken when it was taken or refused for another reason */
  async isRefused(role: Role, path: string, body: object, code: string): Promise<void> {
    this.commands += 1;
    const response = await this.request(role, path, {
      method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': `${this.options.prefix}:${this.commands}` },
    });
    const answered = await response.json() as { code?: string };
    if (response.status < 400 || answered.code !== code) {
      throw new StoryBroken(`${path} should be refused with ${code}, got ${response.status} ${answered.code ?? ''}`);
    }
  }

  /** Looks until the thing is as expected; what nobody has heard of yet is simply not there yet. */
  async until(role: Role, path: string, what: string, expected: (shown: Shown) => boolean): Promise<Shown> {
    const deadline = Date.now() + this.options.patienceMs;
    let last = 'nothing there';
    while (Date.now() < deadline) {
      const response = await this.request(role, path, {}).catch(() => null);
      if (response?.ok) {
        const shown = await response.json() as Shown;
        if (expected(shown)) return shown;
        last = `stage ${shown.stage}, state ${JSON.stringify(shown.state)}`;
      }
      await pause(GLANCE_MS);
    }
    throw new StoryBroken(`${path}: waited ${this.options.patienceMs} ms for ${what}; last seen: ${last}`);
  }

  untilStage(role: Role, path: string, stage: string): Promise<Shown> {
    return this.until(role, path, `stage ${stage}`, (shown) => shown.stage === stage);
  }

  private async answer<T>(role: Role, path: string, init: RequestInit): Promise<T> {
    const deadline = Date.now() + this.options.patienceMs;
    for (;;) {
      const response = await this.request(role, path, init).catch(() => null);
      if (response?.ok) return await response.json() as T;
      const away = response === null || response.status === 502 || response.status === 503 || response.status === 504;
      if (!away || Date.now() > deadline) {
        throw new StoryBroken(`${init.method ?? 'GET'} ${path} as ${role}: ${response ? `${response.status} ${await response.text()}` : 'no answer'}`);
      }
      await response?.body?.cancel();
      await pause(GLANCE_MS * 4);
    }
  }

  private async request(role: Role, path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await this.tokenOf(role)}`);
    return fetch(`${this.options.gatewayUrl}${path}`, { ...init, headers, signal: AbortSignal.timeout(10_000) });
  }

  /** One account per role: whoever asks is never the one who decides. */
  private tokenOf(role: Role): Promise<string> {
    const known = this.tokens.get(role);
    if (known) return known;
    const { privateKeyFile } = this.options;
    const token = issueToken({ privateKeyFile, subject: `u-${role.replace('.', '-')}`, roles: [role], ttlSeconds: TOKEN_SECONDS });
    this.tokens.set(role, token);
    return token;
  }
}
