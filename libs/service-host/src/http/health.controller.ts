import { Controller, Get, Inject, Injectable, type OnModuleInit, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Public } from 'aftercare/access';
import type { FastifyReply } from 'fastify';

/** One thing a service needs. `ok: false` takes it out of service; `degraded` only tells people: it still accepts. */
export interface HealthReport {
  readonly name: string;
  readonly ok: boolean;
  readonly degraded?: boolean;
  readonly detail?: string;
}

export type HealthCheck = () => HealthReport | Promise<HealthReport>;

/** Provide a list of `HealthCheck` under this token anywhere in the service. */
export const HEALTH_CHECKS = Symbol('HEALTH_CHECKS');

/** Runs the service's checks; a check that throws or hangs counts as failed. */
@Injectable()
export class HealthChecks implements OnModuleInit {
  private checks: readonly HealthCheck[] = [];

  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  onModuleInit(): void {
    try {
      this.checks = this.modules.get<readonly HealthCheck[]>(HEALTH_CHECKS, { strict: false });
    } catch {
      this.checks = [];
    }
  }

  async run(): Promise<readonly HealthReport[]> {
    return Promise.all(this.checks.map((check, position) => bounded(check, `check-${position}`)));
  }
}

async function bounded(check: HealthCheck, name: string): Promise<HealthReport> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HealthReport>((answer) => {
    timer = setTimeout(() => answer({ name, ok: false, detail: 'no answer in 2 s' }), 2_000);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return { name, ok: false, detail: 'check failed' };
  } finally {
    clearTimeout(timer);
  }
}

/** `createHttpApp` brings this controller; a service only provides HEALTH_CHECKS. */
@Controller('health')
export class HealthController {
  constructor(@Inject(HealthChecks) private readonly health: HealthChecks) {}

  /** The process runs and turns its event loop. */
  @Get('live')
  @Public()
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  /** 200 when commands are taken, 503 when not. */
  @Get('ready')
  @Public()
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const checks = await this.health.run();
    const ready = checks.every(({ ok }) => ok);
    const status = !ready ? 'not-ready' : checks.some(({ degraded }) => degraded) ? 'degraded' : 'ready';
    void reply.status(ready ? 200 : 503).header('cache-control', 'no-store').send({ status, checks });
  }
}
