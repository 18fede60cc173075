import type { Bilingual } from 'aftercare/kernel';

/** One wrong member of an input. `rule` names the constraint that failed, `field` its path, such as `goods.lot`. */
export interface FieldError {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
  readonly message_zh: string;
}

/** What goes wrong, before it is put into words for one reader. */
export interface Problem {
  readonly status: number;
  /** Stable and kebab-case; programs decide on it. */
  readonly code: string;
  readonly detail: Bilingual;
  readonly field?: string;
  readonly rule?: string;
  readonly errors?: readonly FieldError[];
  /** The current state when the caller's version was late. */
  readonly current?: object;
  readonly incident?: string;
  readonly retryAfterSeconds?: number;
}

/** The body of `application/problem+json` (RFC 9457). `detail` is in the reader's language; both languages are always there. */
export interface ProblemDetails {
  readonly type: `urn:aftercare:problem:${string}`;
  readonly title: string;
  readonly title_zh: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly detail_en: string;
  readonly detail_zh: string;
  readonly field?: string;
  readonly rule?: string;
  readonly errors?: readonly FieldError[];
  readonly current?: object;
  readonly incident?: string;
}

/** Ends a request with this problem. For entrances only: deciders return refusals, they do not throw. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

const TITLES: Readonly<Record<number, Bilingual>> = {
  400: { zh: '请求有误', en: 'Bad request' },
  401: { zh: '需要登录', en: 'Sign-in required' },
  403: { zh: '没有权限', en: 'Not permitted' },
  404: { zh: '未找到', en: 'Not found' },
  405: { zh: '方法不支持', en: 'Method not allowed' },
  408: { zh: '请求超时', en: 'Request timed out' },
  409: { zh: '与当前状态冲突', en: 'Conflict with the current state' },
  412: { zh: '版本已变化', en: 'The version has changed' },
  413: { zh: '内容过大', en: 'Content too large' },
  414: { zh: '地址过长', en: 'Address too long' },
  415: { zh: '内容类型不支持', en: 'Unsupported media type' },
  422: { zh: '规则不允许', en: 'Refused by a rule' },
  429: { zh: '请求过多', en: 'Too many requests' },
  500: { zh: '内部错误', en: 'Internal error' },
  502: { zh: '服务应答有误', en: 'Bad answer from the service' },
  503: { zh: '暂时不可用', en: 'Temporarily unavailable' },
  504: { zh: '服务应答超时', en: 'The service answered too late' },
};

export function titleOf(status: number): Bilingual {
  return TITLES[status] ?? (status < 500 ? TITLES[400] : TITLES[500]) as Bilingual;
}

/** Puts a problem into words for a reader who prefers Chinese or not. */
export function describeProblem(problem: Problem, chinese: boolean): ProblemDetails {
  const { status, code, detail, field, rule, errors, current, incident } = problem;
  const title = titleOf(status);
  return {
    type: `urn:aftercare:problem:${code}`,
    title: title.en,
    title_zh: title.zh,
    status,
    code,
    detail: chinese ? detail.zh : detail.en,
    detail_en: detail.en,
    detail_zh: detail.zh,
    ...(field !== undefined && { field }),
    ...(rule !== undefined && { rule }),
    ...(errors !== undefined && { errors }),
    ...(current !== undefined && { current }),
    ...(incident !== undefined && { incident }),
  };
}
