/** Where the departments are: name to origin. Read once, from AFTERCARE_SERVICES. */
export const SERVICES = Symbol('SERVICES');

export type Services = ReadonlyMap<string, URL>;

/** Reads `{"intake":"http://127.0.0.1:4001",…}`. @throws when a name is no path segment or an address no http origin. */
export function servicesFrom(json: string | undefined): Services {
  const entries = Object.entries(JSON.parse(json ?? '{}') as Record<string, string>);
  return new Map(entries.map(([name, address]) => {
    const url = new URL(address);
    if (!/^[a-z][a-z-]{0,40}$/.test(name) || url.protocol !== 'http:' || url.pathname !== '/') throw new Error(`AFTERCARE_SERVICES: ${name} is not a name with an http origin`);
    return [name, url] as const;
  }));
}
