/** The two calls of `aftercare/access` that are needed outside the services. */
export interface Access {
  ensureIssuer(dir: string): Promise<{ readonly jwksFile: string; readonly privateKeyFile: string }>;
  issueToken(request: { privateKeyFile: string; subject: string; roles: readonly string[]; ttlSeconds: number }): Promise<string>;
  isRole(name: unknown): boolean;
  readonly ROLES: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
}

/** Loaded when needed, because it brings a web framework along and most commands never sign anything. */
export async function access(): Promise<Access> {
  const library = 'aftercare/access';
  return await import(library) as Access;
}
