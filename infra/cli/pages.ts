import type { Connection } from './connection.js';

const LARGEST_PAGE = 200;

interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

/**
 * A list of a department, page after page to its end, or to `atMost` rows: a list that is asked for once ends after the
 * fiftieth row and says nothing. `next` is null unless there are more. `withinMs` is the time of one page.
 * @throws CliFailure
 */
export async function pagesOf<T>(connection: Pick<Connection, 'get'>, path: string, filters: URLSearchParams, bounds: { readonly atMost?: number; readonly withinMs?: number } = {}): Promise<Page<T>> {
  const { atMost = Number.POSITIVE_INFINITY, withinMs } = bounds;
  const query = new URLSearchParams(filters);
  const items: T[] = [];
  for (;;) {
    query.set('limit', String(Math.min(LARGEST_PAGE, atMost - items.length)));
    const page = await connection.get<Page<T>>(`${path}?${query}`, withinMs);
    items.push(...page.items);
    if (page.next === null || items.length >= atMost) return { items, next: page.next };
    query.set('cursor', page.next);
  }
}
