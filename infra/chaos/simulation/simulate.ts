import { Logger } from '@nestjs/common';
import {
  effectViolations, historyViolations, logViolations, reversedEffects, Seeded, type LogEntry, type Violation,
} from 'aftercare/testing';
import { readWholeLog } from '../store/read-whole-log.js';
import { DEPARTMENTS, EFFECTS, LISTENS } from './chain.js';
import { registerComplaints } from './clients.js';
import { disturb, keepProvisioned } from './disturb.js';
import { optionsFrom } from './options.js';
import type { SimPlant } from './sim-plants.js';
import { World } from './world.js';

export interface SimRun {
  readonly steps: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly violations: readonly Violation[];
}

const CLIENTS = 2;
/** Longer than the longest waits of retries, acks and quiet times together. */
const HEALED_WITHIN_MS = 120_000;
const LOOK_MS = 250;
/** A doubled effect may come late. */
const AFTERWARDS_MS = 8_000;

/** One run of the whole company in virtual time. The same seed gives the same run, step by step. */
export async function simulate(seed: string, plant: SimPlant | null = null, trace: ((line: string) => void) | null = null): Promise<SimRun> {
  Logger.overrideLogger(false);
  const random = new Seeded(seed);
  const options = optionsFrom(random.fork('options'));
  const world = new World(random.fork('run'), options, plant, trace);
  world.note(() => JSON.stringify(options));
  keepProvisioned(world);
  for (const department of DEPARTMENTS) world.start(department);
  for (let client = 0; client < CLIENTS; client += 1) void registerComplaints(world, `c${client}`, Math.ceil(options.operations / CLIENTS));
  world.time.after(random.int(0, 2_000), () => disturb(world));
  await world.time.run(world.time.now() + options.faultPhaseMs);
  heal(world);
  const isHealed = await settle(world);
  const violations = [...world.monitor.violations, ...(isHealed ? [] : [await notConverged(world)]), ...await atTheEnd(world, isHealed)];
  const { history } = world;
  return { steps: world.time.steps, acknowledged: history.count('ok'), refused: history.count('fail'), unknown: history.count('unknown'), violations };
}

function heal(world: World): void {
  world.note(() => 'everything heals');
  world.endBus();
  // Late enough that no later event would show it.
  if (world.random.chance(0.6)) world.bus.forgetEnd(world.random);
  world.isHealing = true;
  world.busIsUp = true;
  for (const department of DEPARTMENTS) world.cutOff(department, false);
}

async function settle(world: World): Promise<boolean> {
  const until = world.time.now() + HEALED_WITHIN_MS;
  while (world.time.now() < until) {
    await world.time.run(world.time.now() + LOOK_MS);
    if (!await isLevel(world)) continue;
    await world.time.run(world.time.now() + AFTERWARDS_MS);
    if (await isLevel(world)) return true;
  }
  return false;
}

async function isLevel(world: World): Promise<boolean> {
  return (await open(world)).length === 0;
}

/** Who is not up, which copy is shorter than its log, which inbox is behind. */
async function open(world: World): Promise<string[]> {
  const heads = new Map<string, number>();
  for (const department of DEPARTMENTS) heads.set(department, await world.durable(department).head());
  const found: string[] = [];
  for (const department of DEPARTMENTS) {
    if (!world.isUp(department)) found.push(`${department} is down`);
    const held = world.bus.stream(department)?.messages.length ?? 0;
    if (held < (heads.get(department) ?? 0)) found.push(`the stream of ${department} holds ${held} of ${heads.get(department)}`);
  }
  for (const [source, listener] of LISTENS) {
    const position = await world.durable(listener).inboxPosition(source);
    if (position < (heads.get(source) ?? 0)) found.push(`${listener} is at ${position} of ${source}'s ${heads.get(source)}`);
  }
  return found;
}

async function notConverged(world: World): Promise<Violation> {
  return { rule: 'not-converged', what: (await open(world)).join('; ') };
}

async function atTheEnd(world: World, isHealed: boolean): Promise<Violation[]> {
  const logs = await Promise.all(DEPARTMENTS.map((department) => readWholeLog(world.durable(department))));
  const all = logs.flat();
  const correlation = await cases(world);
  const caseOf = ({ id }: LogEntry): string => correlation.get(id) ?? '';
  return [
    ...historyViolations(world.history.operations, logs[0] ?? []), ...logs.flatMap(logViolations),
    ...(isHealed ? EFFECTS.flatMap((rule) => effectViolations(rule, all)) : []),
    ...EFFECTS.flatMap((rule) => reversedEffects(rule, all, caseOf)),
    ...(isHealed ? await differentCopies(world) : []), ...await quarantined(world),
  ];
}

async function cases(world: World): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const department of DEPARTMENTS) {
    for (const { event } of await world.durable(department).readLog(0, 10_000)) found.set(event.id, (event.data as { case: string }).case);
  }
  return found;
}

async function differentCopies(world: World): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const department of DEPARTMENTS) {
    const log = await world.durable(department).readLog(0, 10_000);
    const held = world.bus.stream(department)?.messages ?? [];
    const place = log.findIndex(({ bytes }, index) => !held[index] || !Buffer.from(bytes).equals(held[index]));
    if (place >= 0 || held.length !== log.length) found.push({ rule: 'copy-differs', what: `${department} at ${place < 0 ? log.length : place}` });
  }
  return found;
}

/** Strays may be put aside; an event of a neighbour never, because nothing here fails for good. */
async function quarantined(world: World): Promise<Violation[]> {
  const found = await Promise.all(DEPARTMENTS.map((department) => world.durable(department).quarantined()));
  return found.flat().filter(({ source }) => !source.endsWith('!stray')).map(({ source, index, reason }) => ({ rule: 'quarantined' as const, what: `${source} ${index}: ${reason}` }));
}
