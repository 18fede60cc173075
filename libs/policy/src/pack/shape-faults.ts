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
    [...Value.Errors(against, value)].map(({ instancePath, message }) => ({ path: `${at}${instancePath}`, message }));
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
