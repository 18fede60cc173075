import type { FastifyInstance } from 'fastify';
import { findBadShape } from './json-shape.js';
import { HttpProblem } from './problems.js';

/** 1 MB, for single commands and for batches. */
export const MAX_BODY_BYTES = 1_048_576;

/** Parses a body whose shape was found sound. @throws HttpProblem 400 */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const bad = findBadShape(body);
  if (bad) throw new HttpProblem({ status: 400, code: bad.refused, detail: bad.message, field: bad.field });
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    // The parser's message quotes the body, so only the position is taken from it.
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    const [zh, en] = position ? [`第 ${position} 个字符处`, ` at character ${position}`] : ['', ''];
    throw new HttpProblem({ status: 400, code: 'malformed-json', detail: { zh: `${zh}不是有效的 JSON。`, en: `Not valid JSON${en}.` } });
  }
}

/** Replaces every body parser of the server by this one: application/json or 415. */
export function takeOnlyJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Hands every body on as the stream it is. A declared length is held against the limit; who reads the stream counts. */
export function passThrough(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (request, payload, done) => {
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) done(Object.assign(new Error('body too large'), { statusCode: 413 }));
    else done(null, payload);
  });
}
