import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { prefersChinese } from './preferred-language.js';
import { problemOf } from './problem-of.js';
import { describeProblem, type Problem } from './problems.js';

const log = new Logger('ProblemFilter');

/** Every exception of a request leaves as RFC 9457 problem details in both languages, with nothing internal in it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw exception;
    const http = host.switchToHttp();
    sendProblem(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), problemOf(exception) ?? incidentOf(exception));
  }
}

/** Answers a request with this problem; a response that has already begun is cut off instead. */
export function sendProblem(request: Pick<FastifyRequest, 'headers'>, reply: FastifyReply, problem: Problem): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const chinese = prefersChinese(request.headers['accept-language']);
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(problem.status)
    .header('content-language', chinese ? 'zh' : 'en')
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(describeProblem(problem, chinese)));
}

/** A defect: the caller gets a number to quote, the log gets the place. The message stays out of both, it may hold personal data. */
export function incidentOf(exception: unknown): Problem {
  const incident = randomUUID();
  log.error(`Incident ${incident}: ${placeOf(exception)}`);
  return {
    status: 500,
    code: 'internal-error',
    detail: { zh: `内部错误，编号 ${incident}。`, en: `Internal error, incident ${incident}.` },
    incident,
  };
}

function placeOf(exception: unknown): string {
  if (!(exception instanceof Error)) return `thrown ${typeof exception}`;
  const frames = (exception.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8);
  return [exception.name, ...frames.map((frame) => frame.trim())].join(' | ');
}
