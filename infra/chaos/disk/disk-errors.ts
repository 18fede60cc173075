import { join } from 'node:path';
import type { Seeded, Violation } from 'aftercare/testing';
import { StoreLane } from '../store/store-lane.js';
import { WRITER_PLANTS } from '../store/writer-plants.js';
import { scaled, sideBySide, type Chaos, type Findings, type Suite } from '../suite.js';
import { injectedIn, injecting, whyNoStrace, type DiskError } from './strace.js';

const TARGET = 200;
const ERRORS_A_LANE = 10;
const AT_ONCE = 2;
/** Beyond what one writer needs to open its log and append a few times. */
const LATEST_CALL = 60;
const WHAT = 'injected disk errors (EIO, ENOSPC)';

/** The disk refuses to sync or to write while a log is opened or appended to. */
export const diskErrors: Suite = {
  name: 'disk-errors',
  about: 'fsync, fdatasync and pwrite64 of a process that appends to a SQLite log fail with EIO or ENOSPC, once or for good; also a file-size limit that is really met',
  plants: { 'error-swallowed': WRITER_PLANTS['error-swallowed'], 'ack-before-commit': WRITER_PLANTS['ack-before-commit'] },
  async run(chaos: Chaos): Promise<Findings> {
    const skipped = whyNoStrace(chaos.say);
    if (skipped !== null) return { figures: [{ what: WHAT, target: TARGET, reached: 0 }], acknowledged: 0, refused: 0, unknown: 0, violations: [], skipped };
    const wanted = scaled(TARGET, chaos);
    const lanes = Array.from({ length: Math.ceil(wanted / ERRORS_A_LANE) }, (_, place) =>
      new StoreLane(`disk${place}`, 'sqlite', chaos.folder, chaos.random.fork(`lane${place}`), chaos.planted));
    const violations: Violation[] = [];
    let reached = 0;
    let told = 0;
    let full = 0;
    await sideBySide(lanes, AT_ONCE, async (lane, place) => {
      const random = chaos.random.fork(`errors${place}`);
      const share = Math.min(ERRORS_A_LANE, wanted - place * ERRORS_A_LANE);
      for (let met = 0, runs = 0; met < share && violations.length === 0; runs += 1) {
        if (runs > share * 4) throw new Error('the writers hardly ever meet the errors that are injected');
        const isFull = random.chance(0.15);
        const found = isFull ? await fillUp(lane, random) : await failOnce(lane, random, join(chaos.folder, `trace${place}-${runs}`));
        if (found.met) {
          met += 1;
          reached += 1;
          full += isFull ? 1 : 0;
          told += found.isErrorTold ? 1 : 0;
          if (reached % 25 === 0) chaos.say(`${reached} of ${wanted} errors`);
        }
        violations.push(...found.violations, ...await lane.violations());
      }
    });
    const count = (ending: 'ok' | 'fail' | 'unknown'): number => lanes.reduce((sum, { history }) => sum + history.count(ending), 0);
    return {
      figures: [{ what: WHAT, target: TARGET, reached }], acknowledged: count('ok'), refused: count('fail'), unknown: count('unknown'), violations,
      notes: [`${full} of the errors were a file-size limit that was really met; ${told} reached a caller as "the log cannot be written", the others a start or a checkpoint`],
    };
  },
};

interface Found { readonly met: boolean; readonly isErrorTold: boolean; readonly violations: readonly Violation[] }

/** One injected error. A log that takes appends again after it would trust a disk that has already lied. */
async function failOnce(lane: StoreLane, random: Seeded, trace: string): Promise<Found> {
  const error: DiskError = {
    call: random.chance(0.6) ? 'fsync,fdatasync' : 'pwrite64', error: random.chance(0.7) ? 'EIO' : 'ENOSPC', at: random.int(1, LATEST_CALL), lasts: random.chance(0.3),
  };
  return foundIn(await lane.write({ wrapper: injecting(error, trace) }, { appends: 30 }), injectedIn(trace) > 0);
}

/** In kB: from hardly enough for the schema to enough for some hundred appends. */
const LIMIT = { least: 70, most: 400 };

/** The file cannot grow any more, in the middle of a write: what a full disk does, without filling a disk. */
async function fillUp(lane: StoreLane, random: Seeded): Promise<Found> {
  const limit = `ulimit -f ${random.int(LIMIT.least, LIMIT.most) * 2}; exec "$@"`;
  const end = await lane.write({ wrapper: ['sh', '-c', limit, 'sh'] }, { appends: 400 });
  return foundIn(end, end.isErrorTold || end.how !== 'exit code 0');
}

function foundIn({ acknowledgedAfterError, isErrorTold }: Awaited<ReturnType<StoreLane['write']>>, met: boolean): Found {
  return { met, isErrorTold, violations: acknowledgedAfterError.map((what) => ({ rule: 'acknowledged-after-error', what })) };
}
