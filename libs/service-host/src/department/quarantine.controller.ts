import { Body, Controller, createParamDecorator, Get, HttpCode, Inject, Param, Post, Query, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Permit, type RequestCaller } from 'aftercare/access';
import type { Bilingual } from 'aftercare/kernel';
import type { RetryOutcome } from 'aftercare/messaging';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { HttpProblem } from '../http/index.js';
import { QuarantineDesk, type DropOutcome, type QuarantinedMessage, type RetryOfSource, type ShownMessage } from './quarantine-desk.js';

class DropBody {
  /** Ten characters that are not blank at either end: a reason somebody can be asked about. */
  @IsString() @Matches(/^\S[^\u0000-\u001f]{8,}\S$/) @MaxLength(500) reason!: string;
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  @IsIn(['responsible']) meaning!: 'responsible';
}

const Signer = createParamDecorator((_: unknown, context: ExecutionContext): RequestCaller =>
  context.switchToHttp().getRequest<{ caller: RequestCaller }>().caller);

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
    if (result.outcome === 'dropped') return result;
    throw result.outcome === 'not-quarantined' ? unknownEntry() : new HttpProblem({ ...REFUSALS[result.outcome], code: result.outcome });
  }
}

const REFUSALS: Readonly<Record<Exclude<DropOutcome['outcome'], 'dropped' | 'not-quarantined'>, { readonly status: number; readonly detail: Bilingual }>> = {
  'not-a-person': { status: 403, detail: { zh: '弃置须由本人账号签字。', en: 'A person has to sign this with an account of their own.' } },
  'sign-in-too-old': { status: 403, detail: { zh: '签字须在登录后 10 分钟内。请重新登录。', en: 'Sign in again: a signature needs a sign-in of the last 10 minutes.' } },
  'other-content': { status: 409, detail: { zh: '摘要与隔离消息不符。', en: 'The digest is not that of the message in quarantine.' } },
};

function indexOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function unknownEntry(): HttpProblem {
  return new HttpProblem({ status: 404, code: 'unknown-quarantine-entry', detail: { zh: '隔离区没有这条消息。', en: 'This message is not in quarantine.' } });
}
