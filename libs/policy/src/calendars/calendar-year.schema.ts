import { Type, type Static, type TSchema } from 'typebox';

/**
 * The shape of one published year, `libs/policy/calendars/<series>/<year>.yaml`: what the yearly notice says and
 * nothing else. A further year is a further file; no code names a year.
 */
const exactly = <P extends Record<string, TSchema>>(members: P) => Type.Object(members, { additionalProperties: false });
const bilingual = exactly({ zh: Type.String({ minLength: 1, maxLength: 500 }), en: Type.String({ minLength: 1, maxLength: 500 }) });
/** Calendar date `YYYY-MM-DD` in the business zone. */
const plainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const calendarYearSchema = exactly({
  $schema: Type.Optional(Type.String()),
  /** Name of the folder: who publishes, for example `CN`. */
  series: Type.String({ pattern: '^[A-Z][A-Z0-9-]*$', maxLength: 40 }),
  year: Type.Integer({ minimum: 1949, maximum: 9999 }),
  /** The notice, with its number and date. */
  publishedBy: bilingual,
  /** Days off that the notice names, first and last day included; weekends inside a range belong to it. */
  holidays: Type.Array(exactly({ name: bilingual, from: plainDate, to: plainDate })),
  /** Weekend days worked instead (调休). */
  makeUpDays: Type.Array(plainDate),
});

export type CalendarYear = Static<typeof calendarYearSchema>;
