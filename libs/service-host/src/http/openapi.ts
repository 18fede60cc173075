import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DeclaredRoute, declaredRoutes, ROLES } from 'aftercare/access';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { membersOf } from './dto-members.js';
import { dtoSchemas, type JsonSchema } from './dto-schema.js';

interface Operation {
  parameters?: object[];
  responses: Record<string, object>;
  [member: string]: unknown;
}

/** The members of an OpenAPI document that are read or completed here. */
export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components?: { schemas?: Record<string, unknown> };
}

const COMMAND_HEADERS = [
  ['Idempotency-Key', true, 'One per command, 1 to 200 printable ASCII characters; a repeat with the same key changes nothing.'],
  ['If-Match', false, 'Expected version, quoted: "7".'],
  ['Aftercare-On-Behalf-Of', false, 'Account this is done for.'],
  ['Aftercare-Reason', false, 'Percent-encoded UTF-8, at most 500 characters.'],
] as const;

/**
 * The OpenAPI document of a running application: routes as Nest knows them, bodies as class-validator checks them,
 * roles as the guard asks for them. Swagger is loaded here and not at start, because most processes never need it.
 */
export async function openApiDocument(app: NestFastifyApplication, name: string): Promise<OpenApiDocument> {
  const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger');
  const config = new DocumentBuilder().setTitle(`Aftercare ${name}`).setVersion('1').setOpenAPIVersion('3.1.0').addBearerAuth().build();
  const document = SwaggerModule.createDocument(app, config) as unknown as OpenApiDocument;
  const schemas = new Map<string, JsonSchema>();
  for (const route of declaredRoutes(app)) {
    for (const dto of dtosOf(route)) dtoSchemas(dto, schemas);
    const operation = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    if (operation) complete(operation, route);
  }
  const components = (document.components ?? {}) as { schemas?: Record<string, unknown> };
  components.schemas = { ...components.schemas, ...Object.fromEntries(schemas), Problem: PROBLEM };
  return document;
}

function dtosOf({ type, handler }: DeclaredRoute): readonly (new () => object)[] {
  const parameters = (Reflect.getMetadata('design:paramtypes', type.prototype as object, handler) ?? []) as readonly Type<object>[];
  const builtIn: readonly unknown[] = [Object, Array, String, Number, Boolean, Promise, Function, undefined];
  return parameters.filter((parameter) => !builtIn.includes(parameter) && membersOf(parameter).length > 0);
}

function complete(operation: Operation, { access, method, type, handler }: DeclaredRoute): void {
  const summary = Reflect.getMetadata(ROUTE_SUMMARY, (type.prototype as Readonly<Record<string, object>>)[handler] as object) as string | undefined;
  if (summary) operation['summary'] = summary;
  operation.responses['default'] = {
    description: 'Problem details (RFC 9457) in Chinese and English',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  if (access === null || access === 'public') return;
  operation['x-roles'] = access;
  operation['security'] = [{ bearer: [] }];
  operation['description'] = access.map((role) => `${role} (${ROLES[role].zh})`).join(', ');
  if (method === 'GET') return;
  const headers = COMMAND_HEADERS.map(([name, required, description]) => ({ name, in: 'header', required, description, schema: { type: 'string' } }));
  operation.parameters = [...(operation.parameters ?? []), ...headers];
}

const text = { type: 'string' } as const;
const PROBLEM: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'title_zh', 'status', 'code', 'detail', 'detail_en', 'detail_zh'],
  properties: {
    type: text, title: text, title_zh: text, status: { type: 'integer' }, code: text, detail: text, detail_en: text, detail_zh: text,
    field: text, rule: text, current: { type: 'object' }, incident: text,
    errors: { type: 'array', items: { type: 'object', properties: { field: text, rule: text, message: text, message_zh: text } } },
  },
};
