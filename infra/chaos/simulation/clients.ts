import type { Ending } from 'aftercare/testing';
import { eventOf, recordOnce } from './chain.js';
import type { Incarnation } from './incarnation.js';
import type { World } from './world.js';

const PATIENCE_MS = 1_000;
const TRIES = 4;

/** Registers complaints one after the other, repeating under the same id what got no answer, and giving up now and then. */
export async function registerComplaints(world: World, client: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const id = world.history.begin(client);
    const complaint: Complaint = { id, case: `case-${world.random.int(1, world.options.cases)}`, n, kind: world.random.pick(['real', 'real', 'real', 'note', 'refused']) };
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const answer = await ask(world, complaint);
      world.note(() => `${id} (${complaint.kind}) ${answer}`);
      if (answer !== 'unknown') {
        world.history.end(id, answer);
        break;
      }
      if (!world.isHealing && world.random.chance(0.15)) break;
      await pause(world, world.random.int(20, 800));
    }
    await pause(world, world.random.int(0, 2 * world.options.faultPhaseMs / Math.max(1, world.options.operations)));
  }
}

interface Complaint { readonly id: string; readonly case: string; readonly n: number; readonly kind: 'real' | 'note' | 'refused' }

function ask(world: World, complaint: Complaint): Promise<Ending> {
  return new Promise((done) => {
    world.time.after(PATIENCE_MS, () => done('unknown'));
    const life = world.life('intake');
    if (life) void decide(life, complaint).then(done, () => done('unknown'));
  });
}

async function decide(life: Incarnation, { id, case: name, n, kind }: Complaint): Promise<Ending> {
  const { world } = life;
  if (kind === 'refused') return 'fail';
  const store = life.storeOf(world.durable('intake'));
  const type = kind === 'note' ? 'NoteTaken' : 'ComplaintRegistered';
  const recording = recordOnce(life, store, { stream: `complaint-${name}`, commandId: id, events: [eventOf(life, type, { case: name, n, operation: id }, null)] });
  if (world.breaks('answer-before-commit')) void recording.catch(() => undefined);
  else await recording;
  return 'ok';
}

function pause(world: World, ms: number): Promise<void> {
  return new Promise((done) => { world.time.after(ms, done); });
}
