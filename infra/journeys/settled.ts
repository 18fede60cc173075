import { setTimeout as pause } from 'node:timers/promises';
import { DEPARTMENTS } from '../launcher/departments.js';
import type { Desk } from './desk.js';

/** What a department says of itself at `/operations/status`. */
export interface DepartmentStatus {
  readonly department: string;
  readonly head: number;
  readonly views: { readonly position: number; readonly lagEvents: number; readonly failed?: string };
  readonly relay: { readonly relayed: number; readonly lag: number };
  readonly sources: readonly { readonly source: string; readonly due: number }[];
  readonly quarantined: number;
}

const LOOK_MS = 100;

export async function statusOf(desk: Desk): Promise<DepartmentStatus[]> {
  return Promise.all(DEPARTMENTS.map((department) => desk.ask<DepartmentStatus>('operator', `/${department}/operations/status`)));
}

/** Names what is still under way; empty when every log is published, every message dealt with and every model level. */
export function underWay(statuses: readonly DepartmentStatus[]): string[] {
  const heads = new Map(statuses.map(({ department, head }) => [department, head]));
  return statuses.flatMap(({ department, head, views, relay, sources }) => [
    ...(relay.lag > 0 || relay.relayed !== head - 1 ? [`${department} has ${relay.lag} events to publish`] : []),
    ...(views.position < head ? [`${department}'s models are at ${views.position} of ${head}`] : []),
    ...sources.filter(({ source, due }) => due < (heads.get(source) ?? 0)).map(({ source, due }) => `${department} is at ${due} of ${source}'s ${heads.get(source) ?? 0}`),
  ]);
}

/** Waits until nothing moves any more: twice in a row nothing under way and the same heads. @throws Error naming what is stuck */
export async function settled(desk: Desk, withinMs: number, look: (open: readonly string[]) => void = () => undefined): Promise<DepartmentStatus[]> {
  const deadline = Date.now() + withinMs;
  let before = '';
  for (;;) {
    const statuses = await statusOf(desk);
    const open = underWay(statuses);
    look(open);
    const heads = JSON.stringify(statuses.map(({ head }) => head));
    if (open.length === 0 && heads === before) return statuses;
    before = open.length === 0 ? heads : '';
    if (Date.now() > deadline) throw new Error(`not settled after ${withinMs} ms: ${open.join('; ')}`);
    await pause(LOOK_MS);
  }
}
