import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Logger, Module, Param, Post, Query, Res } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessDenied, ensureIssuer, issueToken, Permit, Public, type Role, routesWithoutPermission, tokenVerifier } from 'aftercare/access';
import { StoreUnavailable } from 'aftercare/event-store';
import { refuse, wrongStage } from 'aftercare/kernel';
import { defineView, type ListQuery, type Row } from 'aftercare/projections';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsISO8601, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength, Min, ValidateNested } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Caller, type RequestedCall } from './caller.js';
import { HEALTH_CHECKS, type HealthCheck } from './health.controller.js';
import { parseListQuery } from './list-query.js';
import { problemOfRefusal } from './refusal-to-problem.js';
import { sendPage } from './send-page.js';
import { createHttpApp } from './server.js';

class GoodsDto {
  @IsString() @IsNotEmpty() @MaxLength(20) lot!: string;
  @IsInt() @Min(1) quantity!: number;
}

class NothingDto {}

class RegisterDto {
  @IsIn(['hotline', 'online']) channel!: string;
  @IsISO8601() occurredAt!: string;
  @IsOptional() @IsUUID() customerId?: string;
  @ValidateNested() @Type(() => GoodsDto) goods!: GoodsDto;
  @IsArray() @ArrayMaxSize(2) @IsString({ each: true }) tags!: string[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => GoodsDto) others?: GoodsDto[];
}

const view = defineView({
  name: 'complaints', shape: 1, columns: { stage: 'text', amount: 'integer', more: 'json' }, indexed: ['stage', 'amount'],
  key: () => null, fold: (row) => row,
});
const rows = [{ key: 'c1', stage: '=cmd()', amount: -5, more: { a: 1 } }, { key: 'c2', stage: 'open', amount: 7, more: {} }];
const reader = {
  rows: () => rows as never, list: (_: object, query: ListQuery) => (query.cursor ? { items: [rows[1]], next: null } : { items: [rows[0]], next: 'n' }) as never };
let forReader = (row: Row): Row | Promise<Row> => row;
const ready = { store: true, degraded: false };

@Controller('complaints')
class ComplaintController {
  @Post() @Permit('intake.clerk', 'intake.administrator')
  register(@Body() body: RegisterDto, @Caller() call: RequestedCall): object {
    return { body, call };
  }

  @Post(':id/close') @Permit('intake.clerk')
  close(@Param('id') id: string, @Caller() call: RequestedCall): object {
    if (id === 'open') throw problemOfRefusal(wrongStage('close', 'registered'));
    if (id === 'nobody') throw problemOfRefusal(refuse('unknown-complaint', { zh: '没有', en: 'none' }));
    if (id === 'own') throw problemOfRefusal(refuse('separation-of-duties', { zh: '本人', en: 'own' }, { rule: 'P003-01' }));
    if (id === 'rule') throw problemOfRefusal(refuse('plan-missing', { zh: '缺方案', en: 'no plan' }, { rule: 'P001E-03', field: 'plan' }));
    if (id === 'disk') throw new StoreUnavailable('disk /dev/sda full');
    if (id === 'bug') throw new TypeError('patient Zhang San, phone 13800000000');
    return call;
  }

  @Post('empty') @Permit('intake.clerk')
  empty(@Body() body: NothingDto): object {
    return body;
  }

  @Get() @Permit('intake.clerk')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): void {
    sendPage(reply, reader, view, parseListQuery(query, view), (row) => forReader(row));
  }

  @Get('forgotten')
  forgotten(): string {
    return 'open';
  }

  @Get('health-like') @Public()
  open(): object {
    return { open: true };
  }
}

const checks: readonly HealthCheck[] = [() => ({ name: 'store', ok: ready.store }), () => ({ name: 'nats', ok: true, degraded: ready.degraded })];

@Module({ controllers: [ComplaintController], providers: [{ provide: HEALTH_CHECKS, useValue: checks }] })
class ComplaintModule {}

let app: NestFastifyApplication;
let dir: string;
const tokens: Partial<Record<Role, string>> = {};
const alarms: string[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'aftercare-http-'));
  const issuer = await ensureIssuer(dir);
  for (const role of ['intake.clerk', 'auditor'] as const) {
    tokens[role] = await issueToken({ privateKeyFile: issuer.privateKeyFile, subject: 'zhang.wei', roles: [role], ttlSeconds: 600 });
  }
  Logger.overrideLogger({ log: () => {}, warn: () => {}, error: (message: unknown) => void alarms.push(String(message)), fatal: () => {} });
  app = await createHttpApp(ComplaintModule, { name: 'intake', tokens: tokenVerifier(issuer.jwksFile) });
  Logger.overrideLogger({ log: () => {}, warn: () => {}, error: (message: unknown) => void alarms.push(String(message)), fatal: () => {} });
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  await rm(dir, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: { readonly [member: string]: never } & { readonly errors?: readonly { field: string; rule: string }[] };
}
interface Ask {
  readonly method?: string;
  readonly payload?: string | Buffer;
  readonly headers?: Record<string, string | undefined>;
}

async function ask(url: string, { method = 'POST', payload, headers = {} }: Ask = {}): Promise<Answer> {
  const all = {
    authorization: `Bearer ${tokens['intake.clerk']}`, 'idempotency-key': 'k1', ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers,
  };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>;
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const client = request({ port, path: url, method, headers: { ...sent, ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }) } }, resolve);
    client.on('error', reject);
    client.end(payload);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: reply.statusCode ?? 0, headers: reply.headers as Record<string, string>, text, body: /json/.test(String(reply.headers['content-type'])) ? JSON.parse(text) as never : {} };
}

const sound = { channel: 'hotline', occurredAt: '2026-01-02T03:04:05.000Z', goods: { lot: 'L1', quantity: 2 }, tags: ['a'] };
const json = (value: unknown): string => JSON.stringify(value);
const register = (value: unknown, headers?: Ask['headers']): Promise<Answer> => ask('/complaints', { payload: typeof value === 'string' || Buffer.isBuffer(value) ? value : json(value), headers });

test('given a sound command, the controller sees its content and who asked', async () => {
  const answer = await register(sound, { 'if-match': '"7"', 'aftercare-on-behalf-of': 'li.na', 'aftercare-reason': encodeURIComponent('客户来电') });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    body: sound,
    call: { actor: { id: 'zhang.wei', role: 'intake.clerk' }, commandId: 'client:zhang.wei:k1', expectedVersion: 7, onBehalfOf: 'li.na', reason: '客户来电' },
  });
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
});

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const text = json(sound);
const hostile: readonly (readonly [string, number, string, () => Promise<Answer>])[] = [
  ['too large', 413, 'body-too-large', () => register({ ...sound, tags: ['x'.repeat(1_048_577)] })],
  ['too deep', 400, 'too-deep', () => register(`{"goods":${deep(20)}}`)],
  ['hundred thousand levels', 400, 'too-deep', () => register(deep(100_000))],
  ['duplicate member', 400, 'duplicate-member', () => register(text.replace('{', '{"channel":"online",'))],
  ['duplicate member behind an escape', 400, 'duplicate-member', () => register(text.replace('{', '{"ch\\u0061nnel":"online",'))],
  ['__proto__ member', 400, 'reserved-member', () => register(text.replace('{', '{"__proto__":{"admin":true},'))],
  ['constructor member', 400, 'reserved-member', () => register(text.replace('{', '{"constructor":{"prototype":{}},'))],
  ['lone surrogate', 400, 'lone-surrogate', () => register(text.replace('L1', '\\ud800'))],
  ['bad UTF-8', 400, 'not-utf8', () => register(Buffer.concat([Buffer.from('{"channel":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]))],
  ['GBK text', 400, 'not-utf8', () => register(Buffer.concat([Buffer.from('{"channel":"'), Buffer.from([0xca, 0xdb, 0xba, 0xf3]), Buffer.from('"}')]))],
  ['malformed JSON', 400, 'malformed-json', () => register('{"channel":"hotline"')],
  ['not JSON at all', 400, 'malformed-json', () => register('channel=hotline')],
  ['a list instead of an object', 400, 'not-an-object', () => register([sound])],
  ['null instead of an object', 400, 'not-an-object', () => register('null')],
  ['a text instead of an object', 400, 'not-an-object', () => register('"x"')],
  ['empty body', 400, 'invalid-input', () => register('')],
  ['form content', 415, 'unsupported-media-type', () => register('channel=hotline', { 'content-type': 'application/x-www-form-urlencoded' })],
  ['plain text', 415, 'unsupported-media-type', () => register(text, { 'content-type': 'text/plain' })],
  ['no content type', 415, 'unsupported-media-type', () => register(text, { 'content-type': undefined })],
  ['broken content type', 415, 'unsupported-media-type', () => register(text, { 'content-type': '/;;' })],
  ['unknown member', 400, 'invalid-input', () => register({ ...sound, approved: true })],
  ['unknown nested member', 400, 'invalid-input', () => register({ ...sound, goods: { ...sound.goods, price: 1 } })],
  ['number as text', 400, 'invalid-input', () => register({ ...sound, goods: { lot: 'L1', quantity: '2' } })],
  ['fraction', 400, 'invalid-input', () => register({ ...sound, goods: { lot: 'L1', quantity: 1.5 } })],
  ['object for a text', 400, 'invalid-input', () => register({ ...sound, channel: { $ne: null } })],
  ['missing nested object', 400, 'invalid-input', () => register({ ...sound, goods: undefined })],
  ['null for a nested object', 400, 'invalid-input', () => register({ ...sound, goods: null })],
  ['a list of one for a nested object', 400, 'invalid-input', () => register({ ...sound, goods: [sound.goods] })],
  ['an object for a nested list', 400, 'invalid-input', () => register({ ...sound, others: sound.goods })],
  ['a text in a nested list', 400, 'invalid-input', () => register({ ...sound, others: [sound.goods, 'x'] })],
  ['null in a nested list', 400, 'invalid-input', () => register({ ...sound, others: [null] })],
  ['a wrong object in a nested list', 400, 'invalid-input', () => register({ ...sound, others: [sound.goods, { lot: 'L2' }] })],
  ['list for a nested object', 400, 'invalid-input', () => register({ ...sound, goods: [[]] })],
  ['text for a list', 400, 'invalid-input', () => register({ ...sound, tags: 'a' })],
  ['no token', 401, 'token-missing', () => register(sound, { authorization: undefined })],
  ['no token and a broken body', 401, 'token-missing', () => register('{', { authorization: undefined })],
  ['forged token', 401, 'token-invalid', () => register(sound, { authorization: 'Bearer a.b.c' })],
  ['other scheme', 401, 'token-invalid', () => register(sound, { authorization: 'Basic eDp5' })],
  ['endless token', 401, 'token-invalid', () => register(sound, { authorization: `Bearer ${'a'.repeat(9_000)}.b.c` })],
  ['wrong role', 403, 'role-not-permitted', () => register(sound, { authorization: `Bearer ${tokens.auditor}` })],
  ['forgotten permission', 403, 'no-permission-declared', () => ask('/complaints/forgotten', { method: 'GET' })],
  ['no command id', 400, 'invalid-header', () => register(sound, { 'idempotency-key': undefined })],
  ['command id too long', 400, 'invalid-header', () => register(sound, { 'idempotency-key': 'k'.repeat(201) })],
  ['command id not ASCII', 400, 'invalid-header', () => register(sound, { 'idempotency-key': 'kä' })],
  ['version without quotes', 400, 'invalid-header', () => register(sound, { 'if-match': '7' })],
  ['weak version', 400, 'invalid-header', () => register(sound, { 'if-match': 'W/"7"' })],
  ['any version', 400, 'invalid-header', () => register(sound, { 'if-match': '*' })],
  ['negative version', 400, 'invalid-header', () => register(sound, { 'if-match': '"-1"' })],
  ['reason not percent-encoded right', 400, 'invalid-header', () => register(sound, { 'aftercare-reason': '%E0%A4%A' })],
  ['reason too long', 400, 'invalid-header', () => register(sound, { 'aftercare-reason': 'r'.repeat(501) })],
  ['reason with a line break', 400, 'invalid-header', () => register(sound, { 'aftercare-reason': 'a%0Ab' })],
  ['no such address', 404, 'no-such-route', () => ask('/nowhere', { method: 'GET' })],
  ['wrong method', 404, 'no-such-route', () => ask('/complaints', { method: 'DELETE' })],
  ['malformed address', 400, 'bad-request', () => ask('/complaints/%E0%A4%A/close')],
  ['endless address part', 414, 'address-too-long', () => ask(`/complaints/${'x'.repeat(300)}/close`)],
  ['unknown filter', 400, 'invalid-parameter', () => ask('/complaints?owner=1', { method: 'GET' })],
  ['inherited name as filter', 400, 'invalid-parameter', () => ask('/complaints?__proto__=1', { method: 'GET' })],
  ['filter twice', 400, 'invalid-parameter', () => ask('/complaints?stage=a&stage=b', { method: 'GET' })],
  ['text for a number', 400, 'invalid-parameter', () => ask('/complaints?amount=1e3', { method: 'GET' })],
  ['limit out of range', 400, 'invalid-parameter', () => ask('/complaints?limit=201', { method: 'GET' })],
  ['unknown order', 400, 'invalid-parameter', () => ask('/complaints?sort=more', { method: 'GET' })],
  ['unknown format', 400, 'invalid-parameter', () => ask('/complaints?format=xml', { method: 'GET' })],
  ['wrong stage', 409, 'wrong-stage', () => ask('/complaints/open/close')],
  ['unknown case', 404, 'unknown-complaint', () => ask('/complaints/nobody/close')],
  ['own approval', 403, 'separation-of-duties', () => ask('/complaints/own/close')],
  ['refused by a rule', 422, 'plan-missing', () => ask('/complaints/rule/close')],
];

test.each(hostile)('%s is answered with %i %s in both languages', async (_, status, code, act) => {
  const answer = await act();
  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.body['type']).toBe(`urn:aftercare:problem:${code}`);
  for (const member of ['title', 'title_zh', 'detail', 'detail_en', 'detail_zh']) expect(answer.body[member]).toEqual(expect.stringMatching(/\S/));
  expect(String(answer.body['detail_zh'])).toMatch(/[\u4e00-\u9fff]/);
  expect(answer.text).not.toMatch(/node_modules|at .*\.ts|FST_ERR|class-validator/);
});

test('every wrong member is named with path and rule, in the words of its constraint', async () => {
  const { body } = await register({ channel: 'fax', occurredAt: 'yesterday', customerId: '1', goods: { lot: '', quantity: 0 }, tags: ['a', 'b', 3] });
  expect(body.errors?.map(({ field, rule }) => `${field} ${rule}`)).toEqual(expect.arrayContaining([
    'channel isIn', 'occurredAt isIso8601', 'customerId isUuid', 'goods.lot isNotEmpty', 'goods.quantity min', 'tags arrayMaxSize', 'tags isString',
  ]));
  expect(body.errors).toContainEqual({ field: 'goods.quantity', rule: 'min', message: 'must not be less than 1', message_zh: '不能小于 1' });
  expect(body.errors).toContainEqual({ field: 'channel', rule: 'isIn', message: 'must be one of: hotline, online', message_zh: '须为以下之一：hotline, online' });
});

test('a missing member is required, nested or not, beside the other errors', async () => {
  const { body } = await register({ channel: 'fax', tags: [] });
  expect(body.errors?.map(({ field, rule }) => `${field} ${rule}`)).toEqual(['occurredAt isDefined', 'goods isDefined', 'channel isIn']);
});

test('at most fifty wrong members are listed', async () => {
  const { body } = await register({ ...sound, ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`m${i}`, i])) });
  expect(body.errors).toHaveLength(50);
});

test('a command without members takes an empty body or none, but no member', async () => {
  expect([(await ask('/complaints/empty', { payload: '{}' })).status, (await ask('/complaints/empty')).status]).toEqual([201, 201]);
  expect((await ask('/complaints/empty', { payload: '{"force":true}' })).body.errors).toMatchObject([{ field: 'force', rule: 'whitelistValidation' }]);
});

test('null in an optional member counts as not sent, in a required one it is refused', async () => {
  expect((await register({ ...sound, customerId: null })).body['body']).toEqual(sound);
  expect((await register({ ...sound, channel: null })).status).toBe(400);
});

test('a nested list arrives as it was sent, and its errors name the place', async () => {
  expect((await register({ ...sound, others: [sound.goods] })).body['body']).toEqual({ ...sound, others: [sound.goods] });
  expect((await register({ ...sound, others: [sound.goods, { lot: 7, quantity: 1, x: 1 }] })).body.errors?.map(({ field, rule }) => `${field} ${rule}`))
    .toEqual(expect.arrayContaining(['others.1.lot isString', 'others.1.x whitelistValidation']));
});

test('detail follows the reader', async () => {
  const zh = await ask('/complaints/rule/close', { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } });
  const en = await ask('/complaints/rule/close', { headers: { 'accept-language': 'de, en;q=0.9, zh;q=0.1' } });
  expect([zh.body['detail'], zh.headers['content-language'], en.body['detail']]).toEqual(['缺方案', 'zh', 'no plan']);
  expect(zh.body).toMatchObject({ rule: 'P001E-03', field: 'plan', detail_en: 'no plan', detail_zh: '缺方案' });
});

test('a store that cannot keep the record is 503 with the time to come back, and names no disk', async () => {
  const answer = await ask('/complaints/disk/close');
  expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'store-unavailable', '2']);
  expect(answer.text).not.toContain('/dev');
});

test('a defect is 500 with an incident number, and neither answer nor log holds its message', async () => {
  alarms.length = 0;
  const answer = await ask('/complaints/bug/close');
  expect([answer.status, answer.body['code']]).toEqual([500, 'internal-error']);
  expect(alarms.join()).toContain(String(answer.body['incident']));
  expect(answer.text + alarms.join()).not.toMatch(/Zhang|138000/);
});

test('a route without a declared permission is closed, raises an alarm, and is found by its test', async () => {
  alarms.length = 0;
  await ask('/complaints/forgotten', { method: 'GET' });
  expect(alarms.join()).toContain('ComplaintController.forgotten');
  expect(routesWithoutPermission(app).map(({ path }) => path)).toEqual(['/complaints/forgotten']);
  expect(routesWithoutPermission([ComplaintController]).map(({ handler }) => handler)).toEqual(['forgotten']);
});

test('a list is one page as JSON and all rows as CSV that no spreadsheet runs', async () => {
  const page = await ask('/complaints?stage=open&sort=-amount&limit=1', { method: 'GET' });
  expect(page.body).toEqual({ items: [rows[0]], next: 'n' });
  const csv = await ask('/complaints?format=csv', { method: 'GET' });
  expect(csv.text).toBe(`\uFEFFkey,stage,amount,more\r\nc1,'=cmd(),-5,"{""a"":1}"\r\nc2,open,7,{}\r\n`);
});

test('a row that cannot be opened for its reader ends the reply, not the process', async () => {
  forReader = () => Promise.reject(new Error('key of Zhang San'));
  const answer = await ask('/complaints', { method: 'GET' });
  expect([answer.status, answer.body['code']]).toEqual([500, 'internal-error']);
  await expect(ask('/complaints?format=csv', { method: 'GET' })).rejects.toThrow();
  forReader = (row) => row;
  expect((await ask('/complaints', { method: 'GET' })).status).toBe(200);
});

test('health is open to all, degraded still takes commands, a failed check does not', async () => {
  const health = async (): Promise<unknown[]> => {
    const { status, body } = await ask('/health/ready', { method: 'GET', headers: { authorization: undefined } });
    return [status, body['status']];
  };
  expect(await health()).toEqual([200, 'ready']);
  ready.degraded = true;
  expect(await health()).toEqual([200, 'degraded']);
  ready.store = false;
  expect(await health()).toEqual([503, 'not-ready']);
  Object.assign(ready, { store: true, degraded: false });
});

test('the API document says what the checks check, and the page shows it without a script', async () => {
  const { body } = await ask('/openapi.json', { method: 'GET', headers: { authorization: undefined } });
  const document = body as unknown as { paths: Record<string, Record<string, Record<string, unknown>>>; components: { schemas: Record<string, unknown> } };
  expect(document.paths['/complaints']?.['post']?.['x-roles']).toEqual(['intake.clerk', 'intake.administrator']);
  expect(JSON.stringify(document.paths['/complaints/{id}/close']?.['post'])).toContain('Idempotency-Key');
  expect(JSON.stringify(document.paths['/complaints']?.['post']?.['requestBody'])).toContain('#/components/schemas/RegisterDto');
  expect(document.components.schemas['RegisterDto']).toEqual({
    type: 'object', additionalProperties: false, required: ['channel', 'occurredAt', 'goods', 'tags'],
    properties: {
      channel: { type: 'string', enum: ['hotline', 'online'] },
      occurredAt: { type: 'string', description: 'ISO 8601' },
      customerId: { type: 'string', format: 'uuid' },
      goods: { $ref: '#/components/schemas/GoodsDto' },
      tags: { type: 'array', maxItems: 2, items: { type: 'string' } },
      others: { type: 'array', items: { $ref: '#/components/schemas/GoodsDto' } },
    },
  });
  expect(document.components.schemas['GoodsDto']).toMatchObject({ properties: { lot: { type: 'string', minLength: 1, maxLength: 20 }, quantity: { type: 'integer', minimum: 1 } } });
  const page = await ask('/docs', { method: 'GET', headers: { authorization: undefined } });
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.text).toContain('/complaints/{id}/close');
  expect(page.text).not.toContain('<script');
});

test('access denied keeps its two languages for those who throw it elsewhere', () => {
  expect(new AccessDenied('token-missing')).toMatchObject({ status: 401, bilingual: { zh: expect.any(String) as string } });
});
