import { SERVICES } from '../launcher/departments.js';
import { openTheBooks } from './company.js';
import { PrivateInstance } from './private-instance.js';
import { historyOf, modelsEqualAReplay, outline } from './proofs.js';
import { settled } from './settled.js';
import { aDefectivePumpComesBackAndIsCompensated as story } from './stories/index.js';

const START_MS = 90_000;
const STORY_MS = 120_000;
/** After which command the plug is pulled; different for every service, so that each dies in another part of the story. */
const stepFor = (service: string): number => 5 + SERVICES.indexOf(service) * 4;

describe('a service killed in the middle of a story', () => {
  let company: PrivateInstance;
  let undisturbed: Record<string, string[]>;

  const play = async (id: string, afterStep?: (step: number) => Promise<void>): Promise<Record<string, string[]>> => {
    const ending = await story.tell(company.desk(id, { afterStep, patienceMs: STORY_MS }), id);
    expect(ending).toMatchObject({ closed: 'satisfied', rounds: 1 });
    await settled(company.desk(`${id}-settled`, { patienceMs: STORY_MS }), 60_000);
    const history = await historyOf(company.desk(`${id}-history`), ending.caseId);
    return Object.fromEntries(Object.entries(outline(history)).map(([log, types]) => [log, types.toSorted()]));
  };

  beforeAll(async () => {
    company = await PrivateInstance.start();
    await openTheBooks(company.desk('books'));
    undisturbed = await play('undisturbed');
  }, START_MS + STORY_MS);
  afterAll(() => company?.stop(), 30_000);

  it.each(SERVICES)('ends with the same events when %s dies on the way', async (service) => {
    let killed = 0;
    const disturbed = await play(`without-${service}`, async (step) => {
      if (step !== stepFor(service)) return;
      company.kill(service);
      killed += 1;
    });
    expect(killed).toBe(1);
    expect(disturbed).toEqual(undisturbed);
  }, STORY_MS);

  it('ends with the same events when NATS dies on the way', async () => {
    const disturbed = await play('without-nats', async (step) => {
      if (step === 12) company.kill('nats');
    });
    expect(disturbed).toEqual(undisturbed);
  }, STORY_MS);

  it('every read model equals a replay afterwards', async () => {
    expect((await modelsEqualAReplay(company.desk('proof'))).unequal).toEqual([]);
  }, 60_000);
});
