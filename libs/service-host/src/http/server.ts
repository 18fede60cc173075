import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessGuard, bearerOf, type TokenVerifier, tokenVerifier } from 'aftercare/access';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiDocument, DocsController } from './docs.controller.js';
import { STYLE_HASH } from './docs-page.js';
import { HealthChecks, HealthController } from './health.controller.js';
import { MAX_BODY_BYTES, passThrough, takeOnlyJson } from './json-body.js';
import { ProblemFilter, sendProblem } from './problem.filter.js';
import { problemOf } from './problem-of.js';
import { QuietStart } from './quiet-start.js';
import { inputValidation } from './validation.js';

export interface HttpAppOptions {
  /** Name of the department, for the API document. */
  readonly name: string;
  /** Default: the keys of the JWKS file that AFTERCARE_TOKEN_KEYS names. */
  readonly tokens?: TokenVerifier;
  /** `stream` hands bodies on unread, for a process that forwards them. */
  readonly body?: 'json' | 'stream';
}

class HttpEdge {}

/**
 * The HTTP side of a service around its module: closed to callers without a permitted role, strict about every input,
 * problem details for every failure, health and API documents. The caller listens, or connects more transports first.
 */
export async function createHttpApp(module: Type | DynamicModule, options: HttpAppOptions): Promise<NestFastifyApplication> {
  const tokens = options.tokens ?? tokenVerifier(keysFile());
  const app = await NestFactory.create<NestFastifyApplication>(edgeAround(module), adapter(), {
    bodyParser: false, abortOnError: false, logger: new QuietStart(),
  });
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  if (options.body === 'stream') passThrough(server);
  else takeOnlyJson(server);
  identifyFirst(server, tokens);
  app.useGlobalGuards(new AccessGuard(app.get(Reflector), tokens));
  app.useGlobalPipes(inputValidation());
  app.useGlobalFilters(new ProblemFilter());
  app.get(ApiDocument).of(app, options.name);
  return app;
}

function edgeAround(module: Type | DynamicModule): DynamicModule {
  return { module: HttpEdge, imports: [module], controllers: [HealthController, DocsController], providers: [HealthChecks, ApiDocument] };
}

function keysFile(): string {
  const file = process.env['AFTERCARE_TOKEN_KEYS'];
  if (!file) throw new Error('AFTERCARE_TOKEN_KEYS must name the file with the public token keys');
  return file;
}

function adapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: false,
    requestIdHeader: false,
    genReqId: requestId,
    // A request must arrive within 30 s and a connection may be silent for 60 s: slow senders do not hold sockets.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(request, reply, problemOf(error) ?? { status: 400, code: 'bad-request', detail: { zh: '地址无法理解。', en: 'The address cannot be understood.' } });
    },
  });
}

/** A well-formed id of the gateway is kept, so that one request can be followed through two processes. */
function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given) ? given : randomUUID();
}

/** Strangers are turned away before their body is read. The guard asks again, for the role, from the remembered token. */
function identifyFirst(server: FastifyInstance, tokens: TokenVerifier): void {
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(PROTECTION).header('x-request-id', request.id);
    if (request.method !== 'GET' && request.method !== 'HEAD') await tokens.verify(bearerOf(request.headers.authorization));
  });
}

/**
 * What `@fastify/helmet` sends for an API without scripts, as constants: it derives them anew for every request.
 * Nothing may be loaded, framed, sniffed or sent elsewhere; the style is that of the API page. No HSTS: TLS ends outside.
 */
const PROTECTION = {
  'content-security-policy': `default-src 'none'; style-src ${STYLE_HASH}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
