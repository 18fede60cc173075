interface Fault { readonly path: string; readonly message: string }
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
  const errorsOf = (against: object, value: unknown, at: string): Fault[] =>
    [...Value.Errors(against, value)].map(({ instancePath, message, ...error }) => ({
      path: `${at}${instancePath}`, message: (error.keyword === 'type' && error.params.type === 'object' ? inOneLanguage(instancePath, value) : null) ?? message,
    }));
  const seen = new Set<string>();
  const faults = errorsOf(schema, content, '').flatMap((fault) => {
    const [at, member, key] = ENTRY.exec(fault.path) ?? [];
    if (at === undefined) return [fault];
    if (seen.has(at)) return [];
    seen.add(at);
    const entry = (content as Record<string, Record<string, { readonly kind?: unknown } | null>>)[member as string]?.[key as string];
    const arm = arms.find(({ properties }) => properties.kind.const === entry?.kind);
    if (!arm) return [{ path: `${at}/kind`, message: `must be one of ${arms.map(({ properties }) => properties.kind.const).join(', ')}` }];
    const ofKind = errorsOf(arm, entry, at);
    return ofKind.length > 0 ? ofKind : [fault];
  });
  return faults.filter(({ path, message }, at) => faults.findIndex((other) => other.path === path && other.message === message) === at);
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
