import { setTimeout as pause } from 'node:timers/promises';
import type { Seeded, Violation } from 'aftercare/testing';

/** What a suite is given. Everything that chance decides in it comes from `random`. */
export interface Chaos {
  readonly random: Seeded;
  /** 1 for the figures of a release; CI runs a small part of it. */
  readonly scale: number;
  /** Empty folder of this suite alone, removed afterwards. */
  readonly folder: string;
  /** Shows how far it is. */
  readonly say: (line: string) => void;
  /** A fault of our own making that the suite has to find; null for the real run. */
  readonly planted: string | null;
}

/** One figure: how many faults there had to be and how many there were. */
export interface Figure {
  readonly what: string;
  /** At scale 1. */
  readonly target: number;
  readonly reached: number;
}

export interface Findings {
  readonly figures: readonly Figure[];
  /** Operations that were acknowledged, refused, or left without an answer. */
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly violations: readonly Violation[];
  /** Present when the suite could not run here: why, and what to do. Its figures then count as not reached. */
  readonly skipped?: string;
  /** Anything a reader should know, such as how often each kind of fault came. */
  readonly notes?: readonly string[];
}

export interface Suite {
  readonly name: string;
  /** What is done to what, in one sentence. */
  readonly about: string;
  /** Planted bug to what it does wrong. A suite counts only while it finds every one of them. */
  readonly plants: Readonly<Record<string, string>>;
  run(chaos: Chaos): Promise<Findings>;
}

/** The part of a target that this scale asks for, at least one. */
export function scaled(target: number, { scale }: Pick<Chaos, 'scale'>): number {
  return Math.max(1, Math.round(target * scale));
}

/** Runs `work` for each item, `atOnce` side by side. The first failure ends it. */
export async function sideBySide<T>(items: readonly T[], atOnce: number, work: (item: T, place: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    for (let place = next++; place < items.length; place = next++) await work(items[place] as T, place);
  }));
}

/** Whether it came true within `ms`; looks every 15 ms. */
export async function eventually(ms: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (const deadline = Date.now() + ms; ;) {
    if (await holds()) return true;
    if (Date.now() > deadline) return false;
    await pause(15);
  }
}

/** A fault counts only when it met work under way; what did not is done again, at most so many times as often as asked for. */
export const MOST_ATTEMPTS = 2;

/** @throws Error after `ms`: a step that hangs is a finding, not a reason to hang with it. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => { timer = setTimeout(() => failed(new Error(`${what} took longer than ${ms} ms`)), ms); });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
