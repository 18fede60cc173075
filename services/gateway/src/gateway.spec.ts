import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ensureIssuer, issueToken, routesWithoutPermission, tokenVerifier } from 'aftercare/access';
import { createHttpApp } from 'aftercare/service-host';
import { GatewayModule } from './gateway.module.js';
import { servicesFrom } from './services.js';

interface Seen { readonly method?: string; readonly url?: string; readonly headers: IncomingHttpHeaders; readonly body: string }

const listening = async (server: Server): Promise<Server> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
};

let gateway: NestFastifyApplication;
let department: Server;
let dir: string;
let token: string;
let seen: Seen[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'aftercare-gateway-'));
  const issuer = await ensureIssuer(dir);
  token = await issueToken({ privateKeyFile: issuer.privateKeyFile, subject: 'u', roles: ['intake.clerk'], ttlSeconds: 60 });
  department = await listening(createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      if (incoming.url === '/cut') return void incoming.socket.destroy();
      answer.writeHead(incoming.url === '/late' ? 412 : 201, { etag: '"3"', connection: 'x-secret', 'x-secret': 'hop', 'content-type': 'application/json' });
      answer.write('{"ok":');
      answer.end('true}');
    });
  }));
  const free = await listening(createServer());
  const nobody = (free.address() as AddressInfo).port;
  await new Promise((closed) => free.close(closed));
  process.env['AFTERCARE_SERVICES'] = JSON.stringify({
    intake: `http://127.0.0.1:${(department.address() as AddressInfo).port}`, quality: `http://127.0.0.1:${nobody}`,
  });
  gateway = await createHttpApp(GatewayModule, { name: 'gateway', body: 'stream', tokens: tokenVerifier(issuer.jwksFile) });
  await gateway.listen(0, '127.0.0.1');
});
beforeEach(() => { seen = []; });
afterAll(async () => {
  await gateway.close();
  department.closeAllConnections();
  await new Promise((closed) => department.close(closed));
  await rm(dir, { recursive: true });
});

async function ask(method: string, path: string, headers: Record<string, string> = {}, payload?: string): Promise<{ status?: number; headers: IncomingHttpHeaders; text: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = gateway.getHttpServer().address() as AddressInfo;
    request({ port, method, path, headers }, resolve).on('error', reject).end(payload);
  });
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode, headers: answer.headers, text };
}
const signedIn = (more: Record<string, string> = {}): Record<string, string> => ({ authorization: `Bearer ${token}`, ...more });

test('a request reaches its department as it was sent, without the headers of the connection', async () => {
  const answer = await ask('POST', '/intake/complaints?x=%2F', signedIn({
    'content-type': 'application/json', 'idempotency-key': 'k', 'if-match': '"2"', connection: 'keep-alive, x-hop', 'x-hop': 'no',
  }), '{"a": 1}');
  expect(seen).toMatchObject([{ method: 'POST', url: '/complaints?x=%2F', body: '{"a": 1}', headers: { 'idempotency-key': 'k', 'if-match': '"2"', authorization: `Bearer ${token}` } }]);
  expect(seen[0]?.headers).not.toHaveProperty('x-hop');
  expect(seen[0]?.headers['x-request-id']).toBe(answer.headers['x-request-id']);
  expect([answer.status, answer.text, answer.headers.etag, answer.headers['x-secret']]).toEqual([201, '{"ok":true}', '"3"', undefined]);
});

test.each(['GET', 'DELETE', 'PUT', 'PATCH'])('%s goes through, and so does a refusal of the department', async (method) => {
  expect((await ask(method, '/intake/late', signedIn())).status).toBe(412);
  expect(seen[0]?.method).toBe(method);
});

test('a large body is streamed whole', async () => {
  const body = JSON.stringify({ text: '客'.repeat(300_000) });
  expect((await ask('POST', '/intake/batch', signedIn({ 'content-type': 'application/json' }), body)).status).toBe(201);
  expect(seen[0]?.body).toBe(body);
});

test('without a token nothing reaches a department, except health and API documents', async () => {
  expect((await ask('GET', '/intake/complaints')).status).toBe(401);
  expect((await ask('POST', '/intake/complaints', { 'content-type': 'application/json' }, '{}')).status).toBe(401);
  expect((await ask('GET', '/intake/complaints', { authorization: 'Bearer a.b.c' })).status).toBe(401);
  expect(seen).toEqual([]);
  for (const path of ['/intake/docs', '/intake/openapi.json', '/intake/health/ready']) expect((await ask('GET', path)).status).toBe(201);
});

test('a body that declares more than 1 MB is refused at the door', async () => {
  const answer = await ask('POST', '/intake/batch', signedIn({ 'content-type': 'application/json', 'content-length': '1048577' }), 'x'.repeat(1_048_577));
  expect(answer.status).toBe(413);
  expect(seen).toEqual([]);
});

test('a department that is down is a 503 of that department, the others go on', async () => {
  const answer = await ask('POST', '/quality/investigations', signedIn({ 'content-type': 'application/json' }), '{}');
  expect([answer.status, answer.headers['retry-after'], answer.headers['content-type']]).toEqual([503, '2', 'application/problem+json; charset=utf-8']);
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'department-down', detail_zh: expect.stringContaining('quality') as string });
  expect((await ask('GET', '/intake/complaints', signedIn())).status).toBe(201);
});

test('a department that dies in the middle is a 503 and its command is sent once only', async () => {
  expect((await ask('POST', '/intake/cut', signedIn({ 'content-type': 'application/json' }), '{}')).status).toBe(503);
  expect(seen).toHaveLength(1);
});

test.each(['/nowhere/x', '/__proto__/x', '/intake%2F..%2Fquality/x', '/constructor/docs', '/%69ntake/complaints', '/%69ntake/docs', '/intak%65/health/ready'])('%s is no department', async (path) => {
  expect((await ask('GET', path, signedIn())).status).toBe(404);
  expect(seen).toEqual([]);
});

test('the index links to the documents of every department', async () => {
  const { text, status } = await ask('GET', '/');
  expect(status).toBe(200);
  for (const link of ['intake/docs', 'quality/docs']) expect(text).toContain(link);
  expect((await ask('GET', '/health/ready')).status).toBe(200);
});

test('every route of the gateway declares who may use it', () => expect(routesWithoutPermission(gateway)).toEqual([]));

test.each([['{"a/b":"http://x"}'], ['{"a":"https://x"}'], ['{"a":"http://x/path"}'], ['{"a":"file:///etc"}']])('%s is no map of services', (json) => {
  expect(() => servicesFrom(json)).toThrow('AFTERCARE_SERVICES');
});
