import { DEPARTMENTS } from './chain.js';
import type { World } from './world.js';

const DAY_MS = 86_400_000;

/** The larger faults. Each is one line of a trace. */
const FAULTS: readonly ((world: World) => void)[] = [
  (world) => world.crash(world.random.pick(DEPARTMENTS)),
  (world) => world.crash(world.random.pick(DEPARTMENTS)),
  (world) => world.stopInOrder(world.random.pick(DEPARTMENTS)),
  (world) => {
    const department = world.random.pick(DEPARTMENTS);
    world.cutOff(department, true);
    world.time.after(world.random.int(50, 3_000), () => world.cutOff(department, false));
  },
  (world) => {
    world.note(() => 'the bus goes down');
    world.endBus();
    world.time.after(world.random.int(50, 2_000), () => {
      if (world.busIsUp) return;
      world.busIsUp = true;
      forget(world);
      world.note(() => 'the bus is up');
      world.bus.ring();
    });
  },
  (world) => world.bus.save(),
  (world) => {
    const stream = world.random.pick(DEPARTMENTS);
    world.note(() => `somebody deletes the stream of ${stream}`);
    world.bus.remove(stream);
  },
  (world) => strangersMessage(world),
  (world) => world.stepClock(world.random.pick(DEPARTMENTS), world.random.pick([-DAY_MS, -5_000, 5_000, DAY_MS])),
];

/** What a bus may have lost when it comes back. */
function forget(world: World): void {
  const how = world.random.int(0, 4);
  if (how === 0 && world.bus.setBack()) world.note(() => 'the bus is set back to an earlier day');
  if (how === 1) {
    world.note(() => 'the disk of the bus is empty');
    world.bus.wipe();
  }
  if (how >= 2) {
    const what = world.bus.forgetEnd(world.random);
    if (what) world.note(() => `the bus forgets its newest messages: ${what}`);
  }
}

function strangersMessage(world: World): void {
  const stream = world.random.pick(DEPARTMENTS);
  const messages = world.bus.stream(stream)?.messages ?? [];
  const data = messages.length > 0 && world.random.chance(0.5) ? world.random.pick(messages) : Buffer.from('no event of anybody');
  if (world.bus.append(stream, data, null)) world.note(() => `a stranger writes to the stream of ${stream}`);
}

const PROVISION_EVERY_MS = 200;

/** The operator's loop: streams and consumers that are missing are made as long as the run lasts. */
export function keepProvisioned(world: World): void {
  if (world.busIsUp) world.bus.provision();
  world.time.after(PROVISION_EVERY_MS, () => keepProvisioned(world));
}

export function disturb(world: World): void {
  if (world.isHealing) return;
  world.random.pick(FAULTS)(world);
  world.time.after(world.random.int(0, 2 * world.options.faultEveryMs), () => disturb(world));
}
