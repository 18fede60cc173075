import type { INestApplication } from '@nestjs/common';
import { KeepReason } from './keep-reason.filter.js';
import type { JetStreamStrategy } from './strategy.js';

/**
 * Lets the application's `@EventPattern` and `@MessagePattern` methods be called by the transport. They get none of the
 * filters of the HTTP side, and one of their own: without it Nest would put its own words in the place of the reason of
 * a failure. Handlers are bound when the microservices are started and not here, because a filter is bound with them.
 */
export function connectReactions(app: INestApplication, strategy: JetStreamStrategy): void {
  app.connectMicroservice({ strategy }, { inheritAppConfig: false, deferInitialization: true }).useGlobalFilters(new KeepReason());
}
