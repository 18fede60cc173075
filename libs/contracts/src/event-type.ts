import type { Personal, RuleTrace } from 'aftercare/kernel';
import type { Static, TObject } from 'typebox';
import { Type } from './schema.js';

/**
 * One published event: its name and schema version are a storage format. They are never reused and change only
 * by a new version with an upcaster.
 */
export interface EventType<N extends string = string, D extends TObject = TObject, P extends string = string> {
  readonly type: N;
  readonly schema: number;
  readonly data: D;
  /** Names of the texts in the `personal` part. They exist only sealed outside the deciding service. */
  readonly personal: readonly P[];
}

export function eventType<const N extends string, D extends TObject, const P extends string = never>(
  type: N, schema: number, data: D, personal: readonly P[] = [],
): EventType<N, D, P> {
  return { type, schema, data, personal };
}

/** The domain event that belongs to an event type. */
export type EventOf<T> = T extends EventType<infer N, infer D, infer P>
  ? {
      readonly type: N;
      readonly data: Static<D>;
      readonly personal?: Personal & { readonly fields: Readonly<Partial<Record<P, string>>> };
      readonly policy?: RuleTrace;
    }
  : never;

/** The union of all events in a record of event types. */
export type EventsOf<R extends Readonly<Record<string, EventType>>> = { [K in keyof R]: EventOf<R[K]> }[keyof R];

/** An object in which unknown members are refused. */
export const exactly = <P extends Parameters<typeof Type.Object>[0]>(members: P) =>
  Type.Object(members, { additionalProperties: false });
export const orNull = <T extends Parameters<typeof Type.Array>[0]>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <const V extends readonly string[]>(values: V) => Type.Unsafe<V[number]>(Type.Enum([...values]));

export const text = Type.String({ maxLength: 500 });
export const id = Type.String({ minLength: 1, maxLength: 100 });
/** UTC instant, ISO 8601 with `Z`. */
export const instant = Type.String({ maxLength: 30, format: 'date-time' });
/** Calendar date `YYYY-MM-DD` in the business zone. */
export const plainDate = Type.String({ maxLength: 10, format: 'date' });
export const count = Type.Integer({ minimum: 0 });
export const flag = Type.Boolean();
export const money = exactly({ minor: Type.Integer(), currency: Type.Literal('CNY') });
