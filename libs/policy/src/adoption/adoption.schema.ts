import { Type, type Static, type TSchema } from 'typebox';
import { inBoth, packSchema } from '../pack/pack.schema.js';

/**
 * The shape of a company file: the company's own policy as a pack, and what it adopts beside it. Adopting the file is
 * an event (`PolicyAdopted`) that carries the file and every pack it names, so that nothing outside the log is needed
 * to decide a case by it years later.
 */
const exactly = <P extends Record<string, TSchema>>(members: P) => Type.Object(members, { additionalProperties: false });
const word = Type.String({ minLength: 1, maxLength: 200 });
const why = Type.String({ minLength: 1, maxLength: 500 });
const clockTime = Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' });
const plainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** A working window, `from` included, `to` not; several a day leave the lunch break out. ISO weekdays, Monday is 1. */
const window = exactly({ weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1 }), from: clockTime, to: clockTime });

export const adoptionSchema = exactly({
  $schema: Type.Optional(Type.String()),
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$', maxLength: 40 }),
  version: Type.Integer({ minimum: 1 }),
  title: inBoth(500),
  validFrom: plainDate,
  validTo: Type.Union([plainDate, Type.Null()]),
  /** IANA name of the business zone. */
  zone: Type.String({ minLength: 1 }),
  /** Series of yearly calendar files, for example `CN`. */
  calendar: word,
  /** Role that has to publish the next year's calendar; named in every refusal. */
  calendarOwner: word,
  /** Working windows per unit (department or site); `default` for every unit that is not named. */
  windows: Type.Record(word, Type.Array(window, { minItems: 1 })),
  /** Adopted packs. The first that binds a setting or a table decides; clocks of all of them run side by side. */
  precedence: Type.Array(exactly({ pack: word, version: Type.Integer({ minimum: 1 }) })),
  /** The company's own values: they come before every pack. */
  own: packSchema.properties.params,
  /** `key`, or `pack/key` for one pack's entry only. */
  off: Type.Array(exactly({ key: word, why })),
  /** Open rows of decision tables, settled by the company; `then` null leaves them to a person, on purpose. */
  settle: Type.Array(exactly({
    table: word, row: word, why,
    then: Type.Union([Type.Record(word, Type.Union([Type.String(), Type.Integer(), Type.Boolean(), Type.Array(Type.String())])), Type.Null()]),
  })),
});

export type CompanyPolicy = Static<typeof adoptionSchema>;
export type WorkingWindow = Static<typeof window>;
