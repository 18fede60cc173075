import type { Seeded, Violation } from 'aftercare/testing';
import { MOST_ATTEMPTS, scaled, sideBySide, type Chaos, type Findings, type Suite } from '../suite.js';
import { StoreLane } from './store-lane.js';
import { WRITER_PLANTS } from './writer-plants.js';

const TARGET = 1_000;
/** A log is read whole after every kill, so a new one is begun before reading takes longer than killing. */
const KILLS_A_LANE = 20;
const AT_ONCE = 2;

const { 'error-swallowed': _onlyWithErrors, ...PLANTS } = WRITER_PLANTS;

/** A writer of the embedded engine dies at any moment, opening the log included. */
export const storeKills: Suite = {
  name: 'store-kills',
  about: 'kill -9 of a process that appends to a SQLite log, at random moments; the next one opens the same log and repeats what got no answer',
  plants: PLANTS,
  async run(chaos: Chaos): Promise<Findings> {
    const kills = scaled(TARGET, chaos);
    const lanes = Array.from({ length: Math.ceil(kills / KILLS_A_LANE) }, (_, place) =>
      new StoreLane(`lane${place}`, 'sqlite', chaos.folder, chaos.random.fork(`lane${place}`), chaos.planted));
    const violations: Violation[] = [];
    let reached = 0;
    let early = 0;
    await sideBySide(lanes, AT_ONCE, async (lane, place) => {
      const random = chaos.random.fork(`kills${place}`);
      const share = Math.min(KILLS_A_LANE, kills - place * KILLS_A_LANE);
      for (let met = 0, kill = 0; met < share && kill < share * MOST_ATTEMPTS; kill += 1) {
        const { how, stderr, hasOpened } = await lane.write({ killAfter: momentOf(random) });
        if (how !== 'SIGKILL') throw new Error(`a writer ended by itself (${how}): ${stderr}`);
        if (hasOpened) {
          met += 1;
          reached += 1;
        } else early += 1;
        violations.push(...await lane.violations());
        if (reached % 50 === 0) chaos.say(`${reached} of ${kills} kills`);
        if (violations.length > 0) return;
      }
    });
    const count = (ending: 'ok' | 'fail' | 'unknown'): number => lanes.reduce((sum, { history }) => sum + history.count(ending), 0);
    return {
      figures: [{ what: 'store-writer kills', target: TARGET, reached }],
      acknowledged: count('ok'), refused: count('fail'), unknown: count('unknown'), violations,
      notes: [`${early} more kills came before the log was open, and do not count`],
    };
  },
};

/** One in ten dies while it still starts or opens the log; the others anywhere from the first line to the end of some hundred appends. */
function momentOf(random: Seeded): { lines: number; ms: number } {
  return random.chance(0.1) ? { lines: 0, ms: random.int(20, 140) } : { lines: random.int(1, random.pick([20, 100, 300])), ms: random.next() * 2 };
}
