import { Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as connect } from 'node:http';
import { pipeline } from 'node:stream';
import { type Problem, sendProblem } from 'aftercare/service-host';
import type { FastifyReply, FastifyRequest } from 'fastify';

// One pool for all departments; keep-alive saves a connection per request.
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** RFC 9110 section 7.6.1: these speak about one connection. `host` is set anew for the department. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection', 'host', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect',
]);

/** Headers that may travel on: without those of the connection and without those that `Connection` names. */
export function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = new Set((headers.connection ?? '').toLowerCase().split(',').map((name) => name.trim()));
  const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && !HOP_BY_HOP.has(name) && !named.has(name));
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}

export interface Target {
  readonly department: string;
  readonly origin: URL;
  /** Milliseconds of silence after which the caller is told. */
  readonly patienceMs: number;
}

/**
 * Sends the request to the department and its answer back, both streamed. A department that is down or silent is a
 * 503 or 504 of that department only; a request is never sent twice, the client repeats it under its own key.
 */
export function forward(request: FastifyRequest, reply: FastifyReply, { department, origin, patienceMs }: Target): void {
  const rest = request.url.slice(department.length + 1);
  const outgoing = connect({
    agent, hostname: origin.hostname, port: origin.port, method: request.method, path: rest.startsWith('/') ? rest : `/${rest}`,
    headers: { ...endToEnd(request.headers), 'x-request-id': request.id },
  });
  outgoing.setTimeout(patienceMs, () => outgoing.destroy(new AnsweredTooLate()));
  outgoing.on('error', (error) => {
    if (!reply.sent) sendProblem(request, reply, error instanceof AnsweredTooLate ? tooLate(department) : down(department));
  });
  outgoing.on('response', (answer) => pass(answer, reply));
  reply.raw.on('close', () => {
    if (!reply.raw.writableFinished) outgoing.destroy();
  });
  send(request.raw, outgoing);
}

class AnsweredTooLate extends Error {}

function send(incoming: IncomingMessage, outgoing: ClientRequest): void {
  if (incoming.readableEnded) outgoing.end();
  // Its errors arrive as the outgoing request's own; raised here as well they would be counted twice.
  else pipeline(incoming, outgoing, () => {});
}

function pass(answer: IncomingMessage, reply: FastifyReply): void {
  void reply.status(answer.statusCode ?? 502).headers(endToEnd(answer.headers)).send(answer);
}

function down(department: string): Problem {
  return {
    status: 503,
    code: 'department-down',
    detail: { zh: `部门“${department}”暂时不可用，其他部门不受影响。`, en: `Department "${department}" is not available at the moment; the others go on.` },
    retryAfterSeconds: 2,
  };
}

function tooLate(department: string): Problem {
  return {
    status: 504,
    code: 'department-silent',
    detail: { zh: `部门“${department}”没有及时应答，请用同一个 Idempotency-Key 重试。`, en: `Department "${department}" did not answer in time; repeat with the same Idempotency-Key.` },
  };
}
