import { Logger } from '@nestjs/common';
import type { Ending, Violation } from 'aftercare/testing';
import { WRITER_PLANTS } from '../store/writer-plants.js';
import { PostgresLane, whyNoPostgres } from './postgres-lane.js';
import { scaled, sideBySide, within, type Chaos, type Findings, type Suite } from '../suite.js';

const TARGET = 100;
const WHAT = 'PostgreSQL kills';
const CLUSTERS = 2;
const STEP_MS = 60_000;
const { 'error-swallowed': swallowed, 'repeat-not-known': repeated, 'torn-append': torn } = WRITER_PLANTS;

/** The database server dies under a department that goes on asking. */
export const postgresKills: Suite = {
  name: 'postgres-kills',
  about: 'kill -9 of a PostgreSQL server with synchronous commit under clients that append through one store and repeat what got no answer',
  plants: { 'error-swallowed': swallowed, 'repeat-not-known': repeated, 'torn-append': torn },
  async run(chaos: Chaos): Promise<Findings> {
    Logger.overrideLogger(false);
    const skipped = whyNoPostgres(chaos.say);
    if (skipped !== null) return { figures: [{ what: WHAT, target: TARGET, reached: 0 }], acknowledged: 0, refused: 0, unknown: 0, violations: [], skipped };
    const kills = chaos.planted === null ? scaled(TARGET, chaos) : 3;
    const clusters = kills < 2 * CLUSTERS ? 1 : CLUSTERS;
    const counts: Record<Ending, number> = { ok: 0, fail: 0, unknown: 0 };
    const violations: Violation[] = [];
    let reached = 0;
    await sideBySide(Array.from({ length: clusters }), clusters, async (_, place) => {
      const lane = await PostgresLane.open(`lane${place}`, chaos);
      try {
        for (let kill = Math.floor(kills / clusters) + (place < kills % clusters ? 1 : 0); kill > 0; kill -= 1) {
          await within(STEP_MS, 'a kill of PostgreSQL', lane.kill());
          reached += 1;
          if (reached % 10 === 0) chaos.say(`${reached} of ${kills} kills`);
        }
        violations.push(...await within(STEP_MS, 'the check after the kills', lane.finish()));
        for (const ending of ['ok', 'fail', 'unknown'] as const) counts[ending] += lane.history.count(ending);
      } finally {
        await lane.remove();
      }
    });
    return { figures: [{ what: WHAT, target: TARGET, reached }], acknowledged: counts.ok, refused: counts.fail, unknown: counts.unknown, violations };
  },
};
