import { HttpException } from '@nestjs/common';
import { AccessDenied } from 'aftercare/access';
import { NotCanonical, StoreUnavailable } from 'aftercare/event-store';
import { UnreadableVersion, type Bilingual } from 'aftercare/kernel';
import { NotYet } from 'aftercare/messaging';
import type { ViewBuilding } from 'aftercare/projections';
import { UnknownInStream } from '../commands/unknown-in-stream.js';
import { HttpProblem, type Problem, titleOf } from './problems.js';

const STORE_RETRY_SECONDS = 2;

/** The case is under a policy version of which this department has not heard yet. */
const POLICY_NOT_HERE: Problem = {
  status: 503, code: 'policy-not-here-yet', retryAfterSeconds: STORE_RETRY_SECONDS,
  detail: { zh: '该案件所依据的制度版本尚未到达本部门，什么都没有写入，请稍后重试。', en: 'The policy version of the case has not come to this department yet; nothing was written. Try again.' },
};

const BY_STATUS: Readonly<Record<number, { readonly code: string; readonly detail: Bilingual }>> = {
  400: { code: 'bad-request', detail: { zh: '请求无法理解。', en: 'The request cannot be understood.' } },
  404: { code: 'no-such-route', detail: { zh: '没有这个地址或方法。', en: 'There is no such address or method.' } },
  405: { code: 'method-not-allowed', detail: { zh: '此地址不支持这种方法。', en: 'This address does not take this method.' } },
  413: { code: 'body-too-large', detail: { zh: '请求内容超过 1 MB。', en: 'The body is larger than 1 MB.' } },
  414: { code: 'address-too-long', detail: { zh: '地址过长。', en: 'The address is too long.' } },
  415: { code: 'unsupported-media-type', detail: { zh: '只接受 application/json。', en: 'Only application/json is taken.' } },
};

/** The problem an exception stands for, or null when it is a defect of ours. */
export function problemOf(exception: unknown): Problem | null {
  if (exception instanceof HttpProblem) return exception.problem;
  if (exception instanceof AccessDenied) return { status: exception.status, code: exception.code, detail: exception.bilingual };
  if (exception instanceof StoreUnavailable) {
    return {
      status: 503,
      code: 'store-unavailable',
      detail: { zh: '记录暂时无法保存，什么都没有写入，请稍后重试。', en: 'The record cannot be kept at the moment; nothing was written. Try again.' },
      retryAfterSeconds: STORE_RETRY_SECONDS,
    };
  }
  if (exception instanceof NotCanonical) {
    return {
      status: 422,
      code: 'not-recordable',
      detail: { zh: '内容中有无法准确保存的数字或文字。', en: 'The content holds a number or text that cannot be recorded faithfully.' },
    };
  }
  if (exception instanceof UnreadableVersion || exception instanceof UnknownInStream) {
    return {
      status: 503,
      code: 'unreadable-record',
      detail: { zh: '这条记录由另一版本的程序写入，本程序无法完整读取；请先更新程序。', en: 'The record was written by another version of the program and cannot be read in full by this one: update the program first.' },
    };
  }
  if (exception instanceof NotYet) return POLICY_NOT_HERE;
  if (isBadListQuery(exception)) {
    const { field } = exception;
    return {
      status: 400,
      code: 'invalid-parameter',
      detail: { zh: `查询参数 ${field} 不适用于此列表。`, en: `Query parameter ${field} does not fit this list.` },
      field,
    };
  }
  if (hasName(exception, 'ViewBuilding')) return viewBuilding(exception);
  if (hasName(exception, 'ViewStopped') || hasName(exception, 'ShapesReplaced')) return VIEW_UNAVAILABLE;
  const status = statusOf(exception);
  if (status === null || status >= 500) return null;
  // The texts of frameworks repeat parts of the request and name internals; only their status is kept.
  return { status, ...(BY_STATUS[status] ?? { code: `http-${status}`, detail: titleOf(status) }) };
}

const VIEW_UNAVAILABLE: Problem = {
  status: 503, code: 'view-unavailable', retryAfterSeconds: 60,
  detail: { zh: '此列表已停止更新，请联系管理员；单条记录仍可查询和处理。', en: 'This list has stopped and needs the operator; single records can still be read and worked on.' },
};

function viewBuilding(exception: Error): Problem {
  const { progress: { done, of } = { done: 0, of: 0 }, retryAfterSeconds = 1 } = exception as Partial<ViewBuilding>;
  return {
    status: 503, code: 'view-building', retryAfterSeconds,
    detail: { zh: `此列表正在计算，已处理 ${done}/${of} 个事件，请稍后重试。`, en: `This list is being computed, ${done} of ${of} events so far. Try again.` },
  };
}

/** By name, because tests run this code in more than one realm. */
const hasName = (exception: unknown, name: string): exception is Error => exception instanceof Error && exception.name === name;

/** Known by its name, because the cursor it judges is opaque here and only the engine of the list can read it. */
function isBadListQuery(exception: unknown): exception is Error & { readonly field: string } {
  return exception instanceof Error && exception.name === 'BadListQuery' && 'field' in exception && typeof exception.field === 'string';
}

/** Status of a Nest `HttpException` or of a Fastify error; both are thrown before or beside our own code. */
function statusOf(exception: unknown): number | null {
  if (exception instanceof HttpException) return exception.getStatus();
  if (!(exception instanceof Error) || !('statusCode' in exception)) return null;
  const { statusCode } = exception;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : null;
}
