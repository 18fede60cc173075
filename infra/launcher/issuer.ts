/** Loaded when needed, because it brings a web framework along and most commands never sign anything. */
export async function access(): Promise<typeof import('aftercare/access')> {
  return import('aftercare/access');
}
