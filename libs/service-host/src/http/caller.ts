import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestCaller } from 'aftercare/access';
import type { Actor, Bilingual } from 'aftercare/kernel';
import { HttpProblem } from './problems.js';

/** Everything a command needs from its request besides its content. */
export interface RequestedCall {
  /** The signed-in account with the role that opened the route. */
  readonly actor: Actor;
  /**
   * `Idempotency-Key` (1 to 200 printable ASCII characters, same for every repeat) within the account that sent it: nobody
   * can take an id of another account, of a reaction or of an imported row.
   */
  readonly commandId: string;
  /** `If-Match: "7"` as 7; null when the client does not care. */
  readonly expectedVersion: number | null;
  /** `Aftercare-On-Behalf-Of`: the account this is done for. */
  readonly onBehalfOf: string | null;
  /** `Aftercare-Reason`: percent-encoded UTF-8, at most 500 characters. */
  readonly reason: string | null;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Parameter of a command route; its type is `RequestedCall`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): RequestedCall => {
  const request = context.switchToHttp().getRequest<{ headers: Headers; caller?: RequestCaller }>();
  // Only a route marked public has no caller, and such a route must not take commands.
  if (!request.caller) throw new Error('A route that takes commands is public');
  return callOf(request.headers, request.caller);
});

/** What is said once for a batch; every row brings a command id of its own. */
export type BatchCall = Omit<RequestedCall, 'commandId'>;

/** Parameter of a route that takes many commands at once; its type is `BatchCall`. */
export const BatchCaller = createParamDecorator((_: unknown, context: ExecutionContext): BatchCall => {
  const { headers, caller } = context.switchToHttp().getRequest<{ headers: Headers; caller?: RequestCaller }>();
  if (!caller) throw new Error('A route that takes commands is public');
  return { ...sharedPart(headers, caller), expectedVersion: null };
});

/** Reads the command headers. @throws HttpProblem 400 naming the header */
export function callOf(headers: Headers, caller: Pick<RequestCaller, 'id' | 'role'>): RequestedCall {
  return {
    ...sharedPart(headers, caller),
    commandId: `client:${caller.id}:${commandIdOf(single(headers, 'Idempotency-Key'))}`,
    expectedVersion: versionOf(single(headers, 'If-Match')),
  };
}

function sharedPart(headers: Headers, caller: Pick<RequestCaller, 'id' | 'role'>): Pick<RequestedCall, 'actor' | 'onBehalfOf' | 'reason'> {
  return {
    actor: { id: caller.id, role: caller.role },
    onBehalfOf: accountOf(single(headers, 'Aftercare-On-Behalf-Of')),
    reason: reasonOf(single(headers, 'Aftercare-Reason')),
  };
}

function single(headers: Headers, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  if (Array.isArray(value)) throw badHeader(name, { zh: '只能出现一次', en: 'may appear only once' });
  return value;
}

function commandIdOf(value: string | undefined): string {
  if (value === undefined || value === '') throw badHeader('Idempotency-Key', { zh: '必须提供，每个命令一个', en: 'is required, one for each command' });
  if (!/^[\x20-\x7e]{1,200}$/.test(value)) throw badHeader('Idempotency-Key', { zh: '须为 1 至 200 个可打印 ASCII 字符', en: 'must be 1 to 200 printable ASCII characters' });
  return value;
}

function versionOf(value: string | undefined): number | null {
  if (value === undefined) return null;
  const match = /^"(0|[1-9]\d{0,14})"$/.exec(value);
  if (!match) throw badHeader('If-Match', { zh: '须为带双引号的版本号，如 "7"', en: 'must be one quoted version, such as "7"' });
  return Number(match[1]);
}

function accountOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (!/^[\x21-\x7e]{1,100}$/.test(value)) throw badHeader('Aftercare-On-Behalf-Of', { zh: '须为一个账号', en: 'must be one account' });
  return value;
}

function reasonOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  const text = decoded(value);
  if (text === null || text.trim() === '' || text.length > 500 || /[\u0000-\u001f\u007f]/.test(text)) {
    throw badHeader('Aftercare-Reason', { zh: '须为百分号编码的 UTF-8 文字，1 至 500 个字符', en: 'must be percent-encoded UTF-8 text of 1 to 500 characters' });
  }
  return text;
}

function decoded(value: string): string | null {
  if (!/^[\x20-\x7e]*$/.test(value)) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function badHeader(name: string, { zh, en }: Bilingual): HttpProblem {
  return new HttpProblem({ status: 400, code: 'invalid-header', detail: { zh: `请求头 ${name} ${zh}。`, en: `Header ${name} ${en}.` }, field: name });
}
