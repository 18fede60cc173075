import { type Dto, type DtoMember, membersOf } from './dto-members.js';

/** The part of JSON Schema 2020-12 that DTOs need. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly [keyword: string]: unknown;
}

type Keywords = Readonly<Record<string, unknown>>;

/** What each constraint says in JSON Schema. A constraint without an entry narrows at run time only. */
const KEYWORDS: Readonly<Record<string, (values: readonly unknown[]) => Keywords>> = {
  isString: () => ({ type: 'string' }),
  isNotEmpty: () => ({ minLength: 1 }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isObject: () => ({ type: 'object' }),
  isArray: () => ({ type: 'array' }),
  min: ([minimum]) => ({ minimum }),
  max: ([maximum]) => ({ maximum }),
  minLength: ([minLength]) => ({ minLength }),
  isReason: ([minLength]) => ({ type: 'string', minLength, pattern: '^\\S[^\\u0000-\\u001f]*\\S$' }),
  maxLength: ([maxLength]) => ({ maxLength }),
  isLength: ([minLength, maxLength]) => ({ minLength, maxLength }),
  matches: ([pattern]) => ({ type: 'string', pattern: pattern instanceof RegExp ? pattern.source : String(pattern) }),
  isIn: ([values]) => ({ enum: values }),
  isEnum: ([values]) => ({ enum: Array.isArray(values) ? values : Object.values(values as object) }),
  equals: ([value]) => ({ const: value }),
  isIso8601: () => ({ type: 'string', description: 'ISO 8601' }),
  isDateString: () => ({ type: 'string', description: 'ISO 8601' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  arrayMinSize: ([minItems]) => ({ type: 'array', minItems }),
  arrayMaxSize: ([maxItems]) => ({ type: 'array', maxItems }),
  arrayNotEmpty: () => ({ type: 'array', minItems: 1 }),
  arrayUnique: () => ({ type: 'array', uniqueItems: true }),
};

/**
 * JSON Schemas of a DTO and of every DTO nested in it, by class name, read from the decorators that already check it,
 * so that the document cannot say anything else than the check.
 */
export function dtoSchemas(dto: Dto, found: Map<string, JsonSchema> = new Map()): Map<string, JsonSchema> {
  if (found.has(dto.name)) return found;
  found.set(dto.name, {});
  const members = membersOf(dto);
  const properties = members.map((member) => [member.name, memberSchema(member, found)] as const);
  const required = members.filter((member) => member.required).map(({ name }) => name);
  found.set(dto.name, {
    type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }), additionalProperties: false,
  });
  return found;
}

function memberSchema({ rules, nested, list }: DtoMember, found: Map<string, JsonSchema>): JsonSchema {
  const whole: Record<string, unknown> = {};
  const each: Record<string, unknown> = {};
  for (const rule of rules) Object.assign(rule.each ? each : whole, KEYWORDS[rule.name ?? '']?.(rule.constraints ?? []));
  if (nested) dtoSchemas(nested, found);
  const element = nested ? { $ref: `#/components/schemas/${nested.name}` } : { ...typeOfEnum(each), ...each };
  if (list) return { type: 'array', ...whole, items: element };
  return nested ? element : { ...typeOfEnum(whole), ...whole };
}

function typeOfEnum({ type, enum: values }: Keywords): Keywords {
  return type === undefined && Array.isArray(values) && values.every((value) => typeof value === 'string') ? { type: 'string' } : {};
}
