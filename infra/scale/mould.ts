import type { RecordedStep } from './recorded-case.js';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const CHANGING = new RegExp(`(${UUID})|(${INSTANT})|(?<="index":)(\\d+)`, 'g');

/** What differs between two cases that went the same way. */
type Gap =
  | { readonly kind: 'id'; readonly place: number }
  | { readonly kind: 'now' }
  /** Milliseconds after the case began. */
  | { readonly kind: 'instant'; readonly after: number }
  | { readonly kind: 'index' };

/** Stored text with gaps: filled with values of the same form it is again exactly what the serialiser would write. */
export interface Mould {
  readonly pieces: readonly string[];
  readonly gaps: readonly Gap[];
}

export interface MouldedStep {
  /** Milliseconds after the case began. */
  readonly after: number;
  readonly aggregate: string;
  readonly events: readonly Mould[];
  /** Version of the stream after the step. */
  readonly version: number;
}

/** A recorded case that can be told again for any customer at any time. Place 0 of its ids is the case itself. */
export interface MouldedCase {
  readonly steps: readonly MouldedStep[];
  readonly ids: number;
}

export function mouldOf(recorded: readonly RecordedStep[]): MouldedCase {
  const [first] = recorded;
  if (!first) throw new Error('a case without a step cannot be told again');
  const began = Date.parse(first.now);
  const places = new Map<string, number>([[first.stream.slice(first.stream.indexOf('-') + 1), 0]]);
  let version = -1;
  const steps = recorded.map(({ now, stream, texts }) => {
    const events = texts.map((text) => mould(text, now, began, places));
    version += events.length;
    return { after: Date.parse(now) - began, aggregate: stream.slice(0, stream.indexOf('-')), events, version };
  });
  return { steps, ids: places.size };
}

function mould(text: string, now: string, began: number, places: Map<string, number>): Mould {
  const pieces: string[] = [];
  const gaps: Gap[] = [];
  let end = 0;
  for (const match of text.matchAll(CHANGING)) {
    const [, id, instant] = match;
    pieces.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    if (id !== undefined) gaps.push({ kind: 'id', place: placeOf(id, places) });
    else if (instant === now) gaps.push({ kind: 'now' });
    else if (instant !== undefined) gaps.push({ kind: 'instant', after: Date.parse(instant) - began });
    else gaps.push({ kind: 'index' });
  }
  return { pieces: [...pieces, text.slice(end)], gaps };
}

function placeOf(id: string, places: Map<string, number>): number {
  const place = places.get(id) ?? places.size;
  places.set(id, place);
  return place;
}

export interface Telling {
  readonly ids: string[];
  readonly newId: () => string;
  /** UTC milliseconds at which the case began. */
  readonly began: number;
  readonly now: string;
}

export function cast({ pieces, gaps }: Mould, { ids, newId, began, now }: Telling, index: number): Buffer {
  let text = pieces[0] as string;
  for (let i = 0; i < gaps.length; i += 1) {
    const gap = gaps[i] as Gap;
    if (gap.kind === 'id') text += ids[gap.place] ??= newId();
    else if (gap.kind === 'now') text += now;
    else if (gap.kind === 'index') text += index;
    else text += new Date(began + gap.after).toISOString();
    text += pieces[i + 1] as string;
  }
  return Buffer.from(text, 'utf8');
}
