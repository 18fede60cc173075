import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { JetStreamStrategy, Relay } from 'aftercare/messaging';
import { CommandDesk } from '../commands/command-desk.js';
import { EtagInterceptor } from '../commands/etag.interceptor.js';
import { HEALTH_CHECKS } from '../http/index.js';
import { OpenDecisionsController } from '../open-decisions/open-decisions.controller.js';
import { DepartmentPolicies } from '../policies/department-policies.js';
import { CaseFiles } from './case-files.js';
import { deadlinesController } from './deadlines.controller.js';
import { Department } from './department.js';
import { healthChecksOf } from './health-checks.js';
import { HistoryController } from './history.controller.js';
import { Lists } from './lists.js';
import { OperationsController } from './operations.controller.js';
import { QuarantineController } from './quarantine.controller.js';
import { QuarantineDesk } from './quarantine-desk.js';
import { EVENT_STORE, VIEWS } from './tokens.js';

/** The Nest side of a department: its own controllers and reactions beside those that every department has. */
@Global()
@Module({})
export class DepartmentModule {
  static around(department: Department): DynamicModule {
    const { definition, store, vault, views, parts } = department;
    return {
      module: DepartmentModule,
      controllers: [...definition.controllers, ...definition.reactions, HistoryController, deadlinesController(definition), OpenDecisionsController, OperationsController, QuarantineController],
      providers: [
        { provide: EVENT_STORE, useValue: store },
        { provide: VIEWS, useValue: views },
        { provide: CommandDesk, useValue: new CommandDesk(parts.commands) },
        { provide: DepartmentPolicies, useValue: parts.policies },
        { provide: CaseFiles, useValue: parts.files },
        { provide: Lists, useValue: new Lists(views, vault, store.log) },
        { provide: Relay, useValue: parts.relay },
        { provide: JetStreamStrategy, useValue: parts.strategy },
        { provide: QuarantineDesk, useValue: new QuarantineDesk(store, parts.strategy) },
        { provide: HEALTH_CHECKS, useValue: healthChecksOf(department) },
        { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
      ],
    };
  }
}
