import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { openForReading } from 'aftercare/event-store';
import { main } from '../cli/main.js';
import { DEPARTMENTS } from '../launcher/departments.js';
import { shippedCompany } from './company-file.js';
import { PrivateInstance } from './private-instance.js';
import { settled } from './settled.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const businessDay = (instant: number): string => new Date(instant + 8 * HOUR).toISOString().slice(0, 10);

interface Told { readonly cases: number; readonly affected: number; readonly horizon: string; readonly breaches: { readonly added: number }; readonly calls: { readonly escalations: { readonly added: number } } }

describe('a draft tried on a company that works meanwhile', () => {
  let company: PrivateInstance;
  let draft = '';
  /** The last day of the window is over, so that nothing that happens meanwhile belongs to it. */
  const opened = Date.now();
  const opening: string[] = [];

  beforeAll(async () => {
    company = await PrivateInstance.start();
    draft = join(company.dataDir, 'draft.yaml');
    const own = {
      ...shippedCompany().own, 'complaint.reply': {
        kind: 'clock', value: 1, unit: 'hour', calendar: 'wall-clock', calendarStated: true, nature: 'service', from: { zh: '知悉投诉', en: 'awareness' }, to: { zh: '答复', en: 'answer' }, pausable: true,
        warn: [50], escalate: [{ percent: 100, to: ['manager'] }], clause: '1', rows: ['P003-35'], source: 'stated',
      },
    };
    writeFileSync(draft, stringify({ ...shippedCompany(), version: 2, own }));
  }, 120_000);
  afterAll(() => company?.stop(), 60_000);

  /** Known for so many hours before it was written down. */
  async function complain(name: string, knownHours: number): Promise<void> {
    const { id } = await company.desk(name).tell('intake.clerk', '/intake/complaints', {
      channel: 'hotline', awareAt: new Date(Date.now() - knownHours * HOUR).toISOString(), locality: 'local', complainant: '王护士长', subject: '送货延误', demand: '补偿',
      classification: { class: 'service' },
    });
    opening.push(id);
  }

  async function simulated(...args: readonly string[]): Promise<Told> {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await main(['policy', 'simulate', '--draft', draft, '--from', businessDay(opened - DAY), '--to', businessDay(opened + DAY), '--json', ...args, '--data', company.dataDir], {
      out: (text) => out.push(text), err: (text) => err.push(text), live: false,
    });
    expect([code, err.filter((line) => !/cases\/s/.test(line))]).toEqual([0, []]);
    return JSON.parse(out.at(-1) ?? '') as Told;
  }

  /** What a program is told; the two runs look at different instants, before either of which nothing more had come due. */
  const comparable = (told: Told): object => ({ ...told, seconds: 0, horizon: '' });

  /** Every byte of every log up to where it stood, and where it stands. */
  async function logs(upTo: readonly number[] = []): Promise<{ readonly heads: readonly number[]; readonly digest: string }> {
    const heads: number[] = [];
    const digest = createHash('sha256');
    for (const [place, department] of DEPARTMENTS.entries()) {
      const reading = await openForReading('sqlite', { log: department, dataDir: join(company.dataDir, department) });
      try {
        const ids = await reading.caseIds('', '\u{10ffff}', 10_000);
        const bytes = (await Promise.all(ids.map((id) => reading.recordsOfCases(id, id)))).flat().map((record) => Buffer.from(record.stored))
          .sort((one, other) => indexOf(one) - indexOf(other));
        heads.push(bytes.length);
        for (const one of bytes.slice(0, upTo[place])) digest.update(one);
      } finally {
        await reading.close();
      }
    }
    return { heads, digest: digest.digest('hex') };
  }
  const indexOf = (bytes: Uint8Array): number => (JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly index: number }).index;

  it('P001A-04 reads the logs of the running instance, changes none of them, and tells what it tells once everything has ended', async () => {
    for (const hours of [0, 2, 3]) await complain(`open-${hours}`, hours);
    await settled(company.desk('settled'), 30_000);
    const before = await logs();
    const running = await simulated();
    expect(running).toMatchObject({ cases: 3, affected: 3, breaches: { added: 2 }, calls: { escalations: { added: 2 } } });
    expect(await logs()).toEqual(before);

    // The company opens another case while one is told again; what had been recorded stays to the byte.
    const [one] = await Promise.all([simulated('--case', opening[1] as string), complain('meanwhile', 0)]);
    expect(one).toMatchObject({ cases: 1, affected: 1, breaches: { added: 1 } });
    await settled(company.desk('settled'), 30_000);
    const grown = await logs(before.heads);
    expect(grown.digest).toBe(before.digest);
    expect(grown.heads.some((head, place) => head > (before.heads[place] ?? 0))).toBe(true);

    const still = await simulated();
    await company.system.stop();
    const stopped = await logs();
    expect(comparable(await simulated())).toEqual(comparable(still));
    expect(await logs()).toEqual(stopped);
    expect(still).toMatchObject({ cases: 4, affected: 4 });
  }, 120_000);
});
