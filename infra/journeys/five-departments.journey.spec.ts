import { tellStories, type Told } from './journeys.js';
import { PrivateInstance } from './private-instance.js';
import { historyOf, modelsEqualAReplay, outline } from './proofs.js';
import { settled, type DepartmentStatus } from './settled.js';
import { STORIES } from './stories/index.js';

const START_MS = 90_000;
const STORIES_MS = 120_000;

describe('one case through five departments', () => {
  let company: PrivateInstance;
  let told: Told[];
  let statuses: DepartmentStatus[];

  beforeAll(async () => {
    company = await PrivateInstance.start();
    told = await tellStories(company.deskOptions(30_000), 1, 3);
    statuses = await settled(company.desk('settling'), 30_000);
  }, START_MS + STORIES_MS);
  afterAll(() => company?.stop(), 30_000);

  it('tells every story to its end', () => {
    expect(told.map(({ story }) => story).toSorted()).toEqual(STORIES.map(({ name }) => name).toSorted());
    expect(told.find(({ story }) => story.includes('reopens twice'))?.ending.rounds).toBe(3);
  });

  it('leaves nothing in quarantine', () => {
    expect(statuses.filter(({ quarantined }) => quarantined > 0)).toEqual([]);
  });

  it('the main story is in the log of every department, caused step by step', async () => {
    const main = told.find(({ story }) => story.startsWith('a defective pump'));
    const history = await historyOf(company.desk('history'), main?.ending.caseId ?? '');
    expect(Object.keys(outline(history)).toSorted()).toEqual(['billing', 'intake', 'logistics', 'quality', 'registry', 'surveys']);
    const ids = new Set(history.map(({ id }) => id));
    const uncaused = history.filter(({ causationId }) => causationId !== null && !ids.has(causationId));
    expect(uncaused.map(({ log, type }) => `${log}.${type}`)).toEqual([]);
  });

  it('a rebuild of every read model equals the live one', async () => {
    const proof = await modelsEqualAReplay(company.desk('proof'));
    expect(proof.unequal).toEqual([]);
    expect(proof.models).toBeGreaterThanOrEqual(15);
    expect(proof.rows).toBeGreaterThan(STORIES.length * 4);
  });

  it('keeps the customer\'s words out of every file: logs, stores, models and the bus', () => {
    expect(company.filesThatContain('王护士长')).toEqual([]);
    expect(company.filesThatContain('13900000000')).toEqual([]);
    // The same search does find what is not personal, so it is able to find.
    expect(company.filesThatContain('ComplaintRegistered').length).toBeGreaterThan(2);
  });
});
