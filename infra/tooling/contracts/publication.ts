import { envelopeSchema, recordSchema, type Words } from './record-schema.js';
import type { EventType } from 'aftercare/contracts';
import type { Upcaster } from 'aftercare/kernel';
import type { Json } from './json.js';
import type { Listener } from './listeners.js';
import type { Version } from './released.js';

/** An event as the code has it now, in its newest version. */
export interface Published extends Version {
  readonly event: EventType;
  readonly words: Words;
}

/** Everything the code says about published events. */
export interface Publication {
  readonly published: readonly Published[];
  readonly upcasters: readonly Upcaster[];
  readonly listeners: readonly Listener[];
}

type EventTypes = Readonly<Record<string, EventType>>;

export function publish(
  events: Readonly<Record<string, EventTypes>>, wordsFor: (type: string) => Words, upcasters: Publication['upcasters'], listeners: Publication['listeners'],
): Publication {
  const published = Object.entries(events).flatMap(([department, types]) => Object.values(types)
    .map((event) => ({ department, type: event.type, version: event.schema, event, words: wordsFor(event.type) })));
  return { published, upcasters, listeners };
}

export const schemaNow = ({ department, event, words }: Published): Json => recordSchema(department, event, words);
export const envelopeNow = envelopeSchema;
