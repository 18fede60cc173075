/**
 * The address of a server as it may be shown: without the token or the user and password before the last `@`. Works on
 * text and not on a parsed URL, so that an address that no parser takes does not give its secret away either.
 */
export function withoutCredentials(url: string): string {
  const [, scheme = ''] = /^([a-z][a-z\d+.-]*:\/\/)/i.exec(url) ?? [];
  return `${scheme}${url.slice(Math.max(scheme.length, url.lastIndexOf('@') + 1))}`;
}
