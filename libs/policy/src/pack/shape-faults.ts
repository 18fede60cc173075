import { faultInWords, type SchemaError } from './fault-words.js';

/** `stranger`: the member that is not known at the path, where that is what is wrong. */
interface Fault { readonly path: string; readonly message: string; readonly stranger?: string }
interface Arm { readonly properties: { readonly kind: { readonly const: string } } }

const ENTRY = /^\/(params|own)\/([^/]+)/;

/**
 * What a file or a document has that its schema does not let through. An entry is held against the schema of its own
 * kind: against all twelve kinds at once the one slip would stand among a hundred faults that are none.
 */
export async function shapeFaults(schema: object, content: unknown): Promise<readonly Fault[]> {
  // One after the other: the test runner resolves a shared module wrongly while two imports are under way.
  const { Value } = await import('typebox/value');
  const { entrySchema } = await import('./pack.schema.js');
  const arms = entrySchema.anyOf as unknown as readonly Arm[];
  const errorsOf = (against: object, value: unknown, at: string): Fault[] => withoutEchoes([...Value.Errors(against, value)]).map((error) => {
    const [stranger] = strangersOf(error);
    return {
      path: `${at}${error.instancePath}`, ...(stranger === undefined ? {} : { stranger }),
      message: (error.keyword === 'type' && 'type' in error.params && String(error.params.type) === 'object' ? inOneLanguage(error.instancePath, value) : null)
        ?? faultInWords(error, { written: valueAt(error.instancePath, value), known: membersAt(error.schemaPath, against), pattern: patternAt(error.schemaPath, against) }),
    };
  });
  const seen = new Set<string>();
  const faults = errorsOf(schema, content, '').flatMap((fault) => {
    const [at, member, key] = ENTRY.exec(fault.path) ?? [];
    if (at === undefined) return [fault];
    if (seen.has(at)) return [];
    seen.add(at);
    const entry = (content as Record<string, Record<string, { readonly kind?: unknown } | null>>)[member as string]?.[key as string];
    const arm = arms.find(({ properties }) => properties.kind.const === entry?.kind);
    if (!arm) return [{ path: `${at}/kind`, message: kindInWords(arms.map(({ properties }) => properties.kind.const), entry?.kind) }];
    const ofKind = errorsOf(arm, entry, at);
    return ofKind.length > 0 ? ofKind : [fault];
  });
  return faults.filter(({ path, message }, at) => faults.findIndex((other) => other.path === path && other.message === message) === at);
}

const kindInWords = (allowedValues: readonly string[], written: unknown): string =>
  faultInWords({ keyword: 'enum', instancePath: '', schemaPath: '', message: '', params: { allowedValues } }, { written, known: [], pattern: null });

/** Where in the content to look. */
export const placeOf = ({ path, stranger }: Fault): readonly string[] => [...path.split('/').slice(1), ...(stranger === undefined ? [] : [stranger])];

const strangersOf = ({ params }: SchemaError): readonly string[] =>
  ('additionalProperties' in params && Array.isArray(params.additionalProperties) ? params.additionalProperties.map(String) : []);

/**
 * What the checker says twice: a choice of shapes after each shape of it, the null that might stand there as well, a
 * strange member once more under its own name, and what an empty text does not look like.
 */
function withoutEchoes<E extends SchemaError>(errors: readonly E[]): readonly E[] {
  const isAnotherShape = ({ keyword, params }: E): boolean => keyword === 'type' && 'type' in params && params.type === 'null';
  const left = errors.filter((error) => {
    const others = errors.filter((other) => other !== error && other.instancePath === error.instancePath);
    if (error.keyword === 'anyOf' || error.keyword === 'boolean') return others.length === 0 && error.keyword === 'anyOf';
    if (isAnotherShape(error)) return !errors.some((other) => other.keyword !== 'anyOf' && !isAnotherShape(other) && `${other.instancePath}/`.startsWith(`${error.instancePath}/`));
    return error.keyword !== 'pattern' || !others.some(({ keyword }) => keyword === 'minLength');
  });
  return left.filter((error, at) => error.keyword !== 'type' || left.findIndex((other) => isSameChoice(other, error)) === at)
    .map((error) => (error.keyword === 'type' ? { ...error, params: { type: left.filter((other) => isSameChoice(other, error)).flatMap(({ params }) => ('type' in params ? params.type : [])) } } : error));
}

/** Where any of several types may stand, each is a fault of its own: together they are one sentence. */
const isSameChoice = (one: SchemaError, other: SchemaError): boolean => one.keyword === 'type' && other.keyword === 'type' && one.instancePath === other.instancePath;

/** The pattern that a text at a place of the schema has to have, or the names of members there. */
function patternAt(schemaPath: string, schema: object): string | null {
  const { pattern, patternProperties = {} } = (valueAt(schemaPath.replace(/^#/, ''), schema) ?? {}) as { readonly pattern?: string; readonly patternProperties?: object };
  return pattern ?? Object.keys(patternProperties)[0] ?? null;
}

/** Members that the schema names at a place of it, `#/properties/title`. */
function membersAt(schemaPath: string, schema: object): readonly string[] {
  const { properties } = (valueAt(schemaPath.replace(/^#/, ''), schema) ?? {}) as { readonly properties?: object };
  return Object.keys(properties ?? {});
}

const BILINGUAL = /\/(title|origin|note|from|to|consequence)$/;

/** Null where it is not a text in one language in place of one in both. What is missing is left to the author: nothing is translated here. */
function inOneLanguage(path: string, content: unknown): string | null {
  const written = BILINGUAL.test(path) ? valueAt(path, content) : undefined;
  if (typeof written !== 'string') return null;
  const both = /[\u4e00-\u9fff]/.test(written) ? `{ zh: '${written}', en: … }` : `{ zh: …, en: '${written}' }`;
  return `must be in Chinese and English 须中英文并列: write ${both}`;
}

function valueAt(path: string, content: unknown): unknown {
  return path.split('/').slice(1).reduce<unknown>((at, name) => (typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as Record<string, unknown>)[name] : undefined), content);
}
