import { Controller, Get, HttpCode, Inject, Post, SetMetadata } from '@nestjs/common';
import { Permit } from 'aftercare/access';
import type { EventStore } from 'aftercare/event-store';
import { JetStreamStrategy, Relay } from 'aftercare/messaging';
import type { RebuildReport, Views } from 'aftercare/projections';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { EVENT_STORE, VIEWS } from './tokens.js';

/** What the operator of a department looks at and sets right. */
@Controller('operations')
@Permit('operator')
export class OperationsController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(JetStreamStrategy) private readonly strategy: JetStreamStrategy,
  ) {}

  @Get('status')
  @Permit('operator', 'auditor', 'manager')
  @SetMetadata(ROUTE_SUMMARY, 'Log, read models, relay and sources 运行状态')
  async status(): Promise<object> {
    return {
      department: this.store.log, head: await this.store.head(), store: this.store.status(), views: this.views.status(),
      relay: await this.relay.status(), sources: this.strategy.statusOfSources(), quarantined: (await this.store.quarantined()).length,
    };
  }

  @Post('rebuild')
  @HttpCode(200)
  @SetMetadata(ROUTE_SUMMARY, 'Rebuild all read models beside the live ones and compare 重建')
  rebuild(): Promise<RebuildReport> {
    return this.views.rebuild();
  }
}
