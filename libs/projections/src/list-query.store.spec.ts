import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BadListQuery, filterOf, orderOf, rangesAfter, selectSql } from './list-query.js';
import { openViews } from './open-views.js';
import { caseView, type CaseRow } from './spec/case-view.js';
import { logInMemory, type LogInMemory } from './spec/log-in-memory.js';
import type { ListQuery } from './view.js';
import type { Views } from './views.js';

type Keyed = CaseRow & { key: string };

describe('listing rows', () => {
  let folder: string;
  let store: LogInMemory;
  let views: Views;
  let count = 0;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    store = logInMemory();
    count = 0;
    for (let i = 0; i < 230; i += 1) addCase();
    views = openViews({ file: join(folder, 'views.db'), store, views: [caseView], pollMs: 10 });
    views.start();
    await views.caughtUp(await store.head());
  });
  afterEach(() => {
    views.close();
    rmSync(folder, { recursive: true });
  });

  /** Every third case has no due time, and due times repeat, so that the order has ties and gaps. */
  function addCase(): void {
    const number = String((count * 37) % 1000).padStart(4, '0');
    store.add(`case-${number}`, 'CaseOpened', { title: `第${number}号`, due: count % 3 === 0 ? null : count % 7 });
    if (count % 5 === 0) store.add(`case-${number}`, 'CaseClosed', {});
    count += 1;
  }
  function everyPage(query: ListQuery, between: () => Promise<void> = async () => undefined): Promise<Keyed[]> {
    return (async () => {
      const all: Keyed[] = [];
      let cursor: string | undefined;
      do {
        const page = views.list(caseView, { ...query, cursor });
        all.push(...page.items);
        cursor = page.next ?? undefined;
        await between();
      } while (cursor !== undefined);
      return all;
    })();
  }
  const byKey = (a: Keyed, b: Keyed): number => (a.key < b.key ? -1 : 1);
  const byDue = (a: Keyed, b: Keyed): number => (a.due ?? -1) - (b.due ?? -1) || byKey(a, b);

  it.each([
    ['by key', {}, byKey], ['by key backwards', { descending: true }, (a: Keyed, b: Keyed) => byKey(b, a)],
    ['by due time, those without first', { orderBy: 'due' }, byDue],
    ['by due time backwards, those without last', { orderBy: 'due', descending: true }, (a: Keyed, b: Keyed) => byDue(b, a)],
  ])('pages %s join to every row once, in order, whatever their size', async (_how, query, order) => {
    const expected = [...views.rows(caseView, {})].sort(order).map(({ key }) => key);
    expect(expected).toHaveLength(230);
    for (const limit of [1, 7, 50, 115, 200]) {
      expect((await everyPage({ ...query, limit })).map(({ key }) => key)).toEqual(expected);
    }
    expect([...views.rows(caseView, query)].map(({ key }) => key)).toEqual(expected);
  });

  it('filters hold together with order and cursor', async () => {
    const all = [...views.rows(caseView, {})];
    for (const [where, wanted] of [
      [{ stage: 'closed' }, (row: Keyed) => row.stage === 'closed'], [{ due: null }, (row: Keyed) => row.due === null],
      [{ due: '3', stage: 'open' }, (row: Keyed) => row.due === 3 && row.stage === 'open'], [{ title: '第0037号' }, (row: Keyed) => row.title === '第0037号'],
      [{ key: 'case-0037' }, (row: Keyed) => row.key === 'case-0037'], [{ stage: 'none' }, () => false],
    ] as const) {
      const expected = all.filter(wanted);
      expect((await everyPage({ where, orderBy: 'due', limit: 4 })).sort(byKey)).toEqual(expected);
      expect(views.count(caseView, where)).toBe(expected.length);
    }
    expect(views.list(caseView, {}).items).toHaveLength(50);
  });

  it('while rows come, go and change, no unchanged row is shown twice or missed', async () => {
    const before = views.list(caseView, { limit: 200 }).items.map(({ key }) => key);
    let turn = 0;
    const seen = await everyPage({ orderBy: 'stage', limit: 9 }, async () => {
      addCase();
      const touched = before[turn];
      if (touched) store.add(touched, turn % 2 ? 'CaseDropped' : 'CaseNoted', { note: 'n' });
      turn += 1;
      await views.caughtUp(await store.head());
    });
    const keys = seen.map(({ key }) => key);
    expect(turn).toBeGreaterThan(20);
    expect(new Set(keys).size).toBe(keys.length);
    expect(before.slice(turn).filter((key) => !keys.includes(key))).toEqual([]);
  });

  it.each([
    [{ orderBy: 'due' }, null], [{ orderBy: 'due', descending: true }, { value: 3, key: 'k' }], [{ orderBy: 'due' }, { value: null, key: 'k' }], [{}, { value: 'k', key: 'k' }],
  ] as const)('ordering as in %j after %j walks an index and sorts nothing', (query, after) => {
    const db = new Database(join(folder, 'views.db'), { readonly: true });
    const order = orderOf(caseView, query);
    for (const range of rangesAfter(order, after)) {
      const sql = selectSql(caseView, ['key'], filterOf(caseView, {}), range, order);
      const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...range.values, 10).map(({ detail }) => detail).join();
      expect(plan).not.toMatch(/TEMP B-TREE/);
      if (after) expect(plan).toMatch(/^SEARCH/);
    }
    db.close();
  });

  describe('refuses', () => {
    const keyCursor = Buffer.from('["key",false,"a","a"]').toString('base64url');
    const bad: readonly [string, ListQuery][] = [
      ['nosuch', { where: { nosuch: 'x' } }], ['constructor', { where: { constructor: 'x' } }], ['notes', { where: { notes: 'x' } }],
      ['due', { where: { due: 'soon' } }], ['due', { where: { due: 1.5 } }], ['stage', { where: { stage: 1 } }], ['due', { where: { due: '99999999999999999' } }],
      ['limit', { limit: 0 }], ['limit', { limit: 201 }], ['limit', { limit: 1.5 }], ['limit', { limit: Number.NaN }],
      ['orderBy', { orderBy: 'title' }], ['orderBy', { orderBy: 'x"; DROP TABLE v_case; --' }],
      ['cursor', { cursor: '' }], ['cursor', { cursor: '%%%' }], ['cursor', { cursor: 'e30' }], ['cursor', { cursor: keyCursor, orderBy: 'due' }],
      ['cursor', { cursor: keyCursor, descending: true }], ['cursor', { cursor: Buffer.from('["due",false,"a","a"]').toString('base64url'), orderBy: 'due' }],
      ['cursor', { cursor: Buffer.from('["key",false,null,7]').toString('base64url') }],
    ];
    it.each(bad)('%s in %j', (field, query) => {
      let caught: unknown;
      try {
        views.list(caseView, query);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(BadListQuery);
      expect(caught).toMatchObject({ field });
    });
  });
});
