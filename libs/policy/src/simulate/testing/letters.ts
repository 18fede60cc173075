import type { Recording } from 'aftercare/testing';
import type { AdoptionDocument } from '../../adoption/document.js';
import { timedAggregate } from '../../clocks/index.js';
import type { PackEntry } from '../../pack/pack.schema.js';
import { shippedAdoption } from '../../shipped-policy.js';
import { draftOf, Simulation, type Difference, type Draft, type NotedDecision, type SimulationCounts } from '../index.js';

/** The smallest thing with clocks: a letter comes, is escalated, turns out to be of another class, is answered. */
type LetterEvent =
  | { readonly type: 'LetterReceived'; readonly data: { readonly class: string } }
  | { readonly type: 'LetterEscalated'; readonly data: object }
  | { readonly type: 'LetterReclassified'; readonly data: { readonly class: string } }
  | { readonly type: 'LetterAnswered'; readonly data: object };
type LetterCommand = { readonly type: 'Receive' | 'Reclassify'; readonly class?: string } | { readonly type: 'Escalate' | 'Answer' };
interface Letter { readonly class: string | null }

const format = (type: LetterEvent['type']) => ({ type, schema: 1 });

export const letter = timedAggregate<LetterCommand, Letter, LetterEvent>({
  name: 'letter', initial: { class: null }, stage: ({ class: kind }) => kind ?? 'new',
  decide(command) {
    switch (command.type) {
      case 'Receive': return [{ type: 'LetterReceived', data: { class: command.class ?? 'service' } }];
      case 'Reclassify': return [{ type: 'LetterReclassified', data: { class: command.class ?? 'service' } }];
      case 'Escalate': return [{ type: 'LetterEscalated', data: {} }];
      case 'Answer': return [{ type: 'LetterAnswered', data: {} }];
    }
  },
  evolve: (state, event) => (event.type === 'LetterReceived' || event.type === 'LetterReclassified' ? { class: event.data.class } : state),
  clocks: [
    { clock: 'complaint.reply', starts: ['LetterReceived'], meets: ['LetterAnswered'] },
    { clock: 'complaint.head_opinion', starts: ['LetterEscalated', 'LetterReclassified'], facts: (_, state) => ({ class: state.class }), revisedBy: ['LetterReclassified'], meets: ['LetterAnswered'] },
    { clock: 'complaint.total', starts: ['LetterReceived'], meets: ['LetterAnswered'] },
  ],
  formats: { LetterReceived: format('LetterReceived'), LetterEscalated: format('LetterEscalated'), LetterReclassified: format('LetterReclassified'), LetterAnswered: format('LetterAnswered') },
});

export const shipped = JSON.parse(shippedAdoption().document) as AdoptionDocument;

/** The shipped policy with one entry of a pack made another one; null takes it out. */
export function draftWith(pack: string, key: string, change: (entry: PackEntry) => PackEntry | null): Draft {
  const packs = shipped.packs.map((one) => {
    const entry = one.params[key];
    if (one.id !== pack || !entry) return one;
    const { [key]: _, ...others } = one.params;
    const changed = change(entry);
    return { ...one, params: changed ? { ...others, [key]: changed } : others };
  });
  const rows = packs.flatMap(({ params }) => params[key] ?? []).flatMap((entry) => (entry.kind === 'table' ? entry.value ?? [] : [])).map(({ id }) => id);
  return draftOf({ ...shipped.company, settle: shipped.company.settle.filter(({ table, row }) => table !== key || rows.includes(row)) }, packs);
}

export async function simulated(recording: Pick<Recording, 'events' | 'ofCase' | 'ofStream'>, draft: Draft, horizon = '2026-12-31T00:00:00.000Z'): Promise<{ differences: Exclude<Difference, NotedDecision>[]; noted: NotedDecision[]; counts: SimulationCounts; answered: readonly string[] }> {
  const simulation = new Simulation({ department: 'intake', aggregates: [letter as never], draft, adopted: [shipped], horizon });
  const differences: Difference[] = [];
  for (const caseId of new Set(recording.events.map(({ correlationId }) => correlationId))) {
    differences.push(...await simulation.differencesOf(caseId, recording.ofCase(caseId), async (stream) => recording.ofStream(stream)));
  }
  const isNoted = (one: Difference): one is NotedDecision => one.kind === 'noted';
  return { differences: differences.filter((one) => !isNoted(one)) as Exclude<Difference, NotedDecision>[], noted: differences.filter(isNoted), counts: simulation.counts, answered: [...simulation.answered].sort() };
}
