import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openViews, type Views } from './open-views.js';
import { caseView, countView } from './spec/case-view.js';
import { logInMemory, type LogInMemory } from './spec/log-in-memory.js';

describe('read models follow the log', () => {
  let folder: string;
  let store: LogInMemory;
  const opened: Views[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    store = logInMemory();
  });
  afterEach(() => {
    for (const views of opened.splice(0)) views.close();
    rmSync(folder, { recursive: true });
  });
  function open(log: LogInMemory = store, views = [caseView, countView]): Views {
    const made = openViews({ file: join(folder, 'views.db'), store: log, views, pollMs: 20 });
    opened.push(made);
    return made;
  }

  it('given events, rows equal the fold of them', async () => {
    store.add('case-1', 'CaseOpened', { title: '包装破损', due: 5 });
    store.add('case-2', 'CaseOpened', { title: '疗效', due: null });
    store.add('case-1', 'CaseNoted', { note: 'called' });
    store.add('case-2', 'CaseDropped', {});
    const views = open();
    views.start();
    await views.caughtUp(4);
    expect(views.get(caseView, 'case-1')).toEqual({ key: 'case-1', title: '包装破损', stage: 'open', due: 5, notes: ['called'] });
    expect(views.get(caseView, 'case-2')).toBeNull();
    expect(views.get(countView, 'CaseOpened')).toEqual({ key: 'CaseOpened', seen: 2 });
  });
});
