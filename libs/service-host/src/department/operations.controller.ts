import { Controller, Get, HttpCode, Inject, Post, SetMetadata } from '@nestjs/common';
import { Permit } from 'aftercare/access';
import type { EventStore } from 'aftercare/event-store';
import { JetStreamStrategy, Relay } from 'aftercare/messaging';
import { NothingKept, RebuildFailed, type RebuildReport, type Views } from 'aftercare/projections';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { HttpProblem } from '../http/index.js';
import { openDecisionNumbers } from '../open-decisions/open-decision-numbers.js';
import { DepartmentPolicies } from '../policies/department-policies.js';
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
    @Inject(DepartmentPolicies) private readonly policies: DepartmentPolicies,
  ) {}

  @Get('status')
  @Permit('operator', 'auditor', 'manager')
  @SetMetadata(ROUTE_SUMMARY, 'Log, read models, relay, sources, open decisions and the policy in force 运行状态')
  async status(): Promise<object> {
    return {
      department: this.store.log, head: await this.store.head(), store: this.store.status(), views: this.views.status(),
      openDecisions: openDecisionNumbers(this.views), policy: await this.policies.standing() ?? null, relay: await this.relay.status(), sources: this.strategy.statusOfSources(), quarantined: (await this.store.quarantined()).length,
    };
  }

  @Post('rebuild')
  @HttpCode(200)
  @SetMetadata(ROUTE_SUMMARY, 'Rebuild all read models beside the live ones and compare 重建')
  rebuild(): Promise<RebuildReport> {
    return this.views.rebuild().catch(asProblem);
  }

  @Post('rollback')
  @HttpCode(200)
  @SetMetadata(ROUTE_SUMMARY, 'Go back to the tables before the last rebuild, level with the log 回退')
  rollback(): Promise<RebuildReport> {
    return this.views.rollback().catch(asProblem);
  }

  @Post('rollback/discard')
  @HttpCode(200)
  @SetMetadata(ROUTE_SUMMARY, 'Give up the tables kept for a rollback 放弃回退')
  discard(): { discarded: number } {
    return { discarded: this.views.discardKept() };
  }
}

/** Refusals of a rebuild or rollback; whatever else is thrown is a defect and stays one. */
function asProblem(error: unknown): never {
  if (error instanceof NothingKept) {
    throw new HttpProblem({
      status: 409, code: 'nothing-kept', detail: { zh: '没有可以回退的读模型，或者保留的读模型属于另一版本的程序。', en: 'No read models are kept that this version of the program could go back to.' },
    });
  }
  if (error instanceof RebuildFailed) {
    throw new HttpProblem({
      status: 409, code: 'rebuild-failed',
      detail: { zh: '重建没有完成，读模型保持原样；原因见运行状态。', en: 'It did not finish and the read models are as they were; the status says why, or one is already running.' },
    });
  }
  throw error;
}
