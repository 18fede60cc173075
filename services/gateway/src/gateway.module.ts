import { Module } from '@nestjs/common';
import { GatewayController } from './gateway.controller.js';
import { SERVICES, servicesFrom } from './services.js';

/** 统一入口: no state, no business rule. */
@Module({
  controllers: [GatewayController],
  providers: [{ provide: SERVICES, useFactory: () => servicesFrom(process.env['AFTERCARE_SERVICES']) }],
})
export class GatewayModule {}
