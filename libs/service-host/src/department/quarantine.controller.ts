import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, SetMetadata } from '@nestjs/common';
import { Permit, type RequestCaller } from 'aftercare/access';
import { Reason } from 'aftercare/contracts';
import type { RetryOutcome } from 'aftercare/messaging';
import { IsIn, Matches } from 'class-validator';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { HttpProblem } from '../http/index.js';
import { Signer, signingProblem } from '../signing/person-signature.js';
import { QuarantineDesk, type DropOutcome, type QuarantinedMessage, type RetryOfSource, type ShownMessage } from './quarantine-desk.js';

class DropBody {
  /** Ten characters that are not blank at either end: a reason somebody can be asked about. */
  @Reason(10) reason!: string;
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  @IsIn(['responsible']) meaning!: 'responsible';
}

/** What the operator does about messages that no reaction could deal with. */
@Controller('operations/quarantine')
@Permit('operator')
export class QuarantineController {
  constructor(@Inject(QuarantineDesk) private readonly desk: QuarantineDesk) {}

  @Get()
  @SetMetadata(ROUTE_SUMMARY, 'Messages that no reaction could deal with 隔离区')
  async list(@Query('source') source?: string, @Query('type') type?: string): Promise<{ count: number; items: readonly QuarantinedMessage[] }> {
    const items = await this.desk.list({ ...(source !== undefined && { source }), ...(type !== undefined && { type }) });
    return { count: items.length, items };
  }

  @Get(':source/:index')
  @SetMetadata(ROUTE_SUMMARY, 'One of them with its bytes 隔离消息')
  async show(@Param('source') source: string, @Param('index') index: string): Promise<ShownMessage> {
    const shown = await this.desk.show({ source, index: indexOf(index) });
    if (!shown) throw unknownEntry();
    return shown;
  }

  @Post(':source/retry')
  @HttpCode(200)
  @SetMetadata(ROUTE_SUMMARY, 'Try all messages of a source again 全部重试')
  retryAll(@Param('source') source: string): Promise<RetryOfSource> {
    return this.desk.retryAll(source);
  }

  @Post(':source/:index/retry')
  @HttpCode(200)
  @SetMetadata(ROUTE_SUMMARY, 'Try a quarantined message again 重试')
  async retry(@Param('source') source: string, @Param('index') index: string): Promise<RetryOutcome> {
    const result = await this.desk.retry({ source, index: indexOf(index) });
    if (result.outcome === 'not-quarantined') throw unknownEntry();
    return result;
  }

  @Post(':source/:index/drop')
  @HttpCode(200)
  @SetMetadata(ROUTE_SUMMARY, 'Answer for never dealing with a message, with signature 签字弃置')
  async drop(
    @Param('source') source: string, @Param('index') index: string, @Body() body: DropBody, @Signer() signer: RequestCaller,
  ): Promise<DropOutcome> {
    const { reason, sha256, meaning } = body;
    const result = await this.desk.drop({ source, index: indexOf(index) }, { reason, sha256, meaning }, signer);
    switch (result.outcome) {
      case 'dropped': return result;
      case 'not-quarantined': throw unknownEntry();
      case 'other-content': throw otherContent();
      default: throw signingProblem(result.outcome);
    }
  }
}

function otherContent(): HttpProblem {
  return new HttpProblem({ status: 409, code: 'other-content', detail: { zh: '摘要与隔离消息不符。', en: 'The digest is not that of the message in quarantine.' } });
}

function indexOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function unknownEntry(): HttpProblem {
  return new HttpProblem({ status: 404, code: 'unknown-quarantine-entry', detail: { zh: '隔离区没有这条消息。', en: 'This message is not in quarantine.' } });
}
