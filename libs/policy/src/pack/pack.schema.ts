import { Type, type Static, type TSchema } from 'typebox';
import { NEVER_ONLY_HAN, WITH_HAN } from './languages.js';

/**
 * The shape of a policy pack file, `libs/policy/packs/**.yaml`. From it come the types here, the check of every file
 * that is read, and the JSON Schema that editors use (`libs/policy/schema/pack.schema.json`).
 */
const exactly = <P extends Record<string, TSchema>>(members: P) => Type.Object(members, { additionalProperties: false });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const V extends readonly string[]>(values: V) => Type.Unsafe<V[number]>(Type.Enum([...values]));

const word = Type.String({ minLength: 1, maxLength: 200 });
const line = Type.String({ minLength: 1, maxLength: 2_000 });
/** A text in Chinese and English, each at its place. */
export const inBoth = (maxLength: number) => exactly({
  zh: Type.String({ minLength: 1, maxLength, pattern: WITH_HAN }), en: Type.String({ minLength: 1, maxLength, pattern: NEVER_ONLY_HAN }),
});
const bilingual = inBoth(2_000);
/** Calendar date `YYYY-MM-DD` in the business zone. */
const plainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** Yuan with two decimals as text, so that no reader turns it into a floating-point number on the way. */
const yuan = Type.String({ pattern: '^\\d{1,11}\\.\\d{2}$' });
const role = Type.String({ pattern: '^[a-z]+(\\.[a-z-]+)?$' });
const atLeastOne = <T extends TSchema>(item: T) => Type.Array(item, { minItems: 1 });

export const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year', 'working-hour', 'working-day'] as const;
/**
 * How the value is counted. `cut-off`: at clock time `at` so many calendar days later (`24:00` is the end of that day).
 * `lead-time`: backwards from the end.
 */
export const CALENDARS = ['wall-clock', 'working-hours', 'working-days', 'cut-off', 'lead-time'] as const;
export const PERIODS = ['day', 'week', 'month', 'quarter', 'half-year', 'year'] as const;

/** What every entry says about itself. `rows` are ids of docs/domain/requirements.yaml; a regulation has none. */
const sourced = {
  clause: word,
  rows: Type.Array(word),
  /** `stated`: the source has the value; `reading`: ours where the source is silent; `unset`: no value, to be filled or switched off at adoption. */
  source: oneOf(['stated', 'reading', 'unset'] as const),
  note: Type.Optional(bilingual),
};

/** Period over which a sum, a quota or an input of a table counts, for example fines per month. */
const per = Type.Optional(oneOf(PERIODS));

const escalation = exactly({
  /** Share of the span that has passed, 100 being the due time; or so long after the breach. */
  percent: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  afterBreach: Type.Optional(exactly({ value: Type.Integer({ minimum: 1 }), unit: oneOf(UNITS) })),
  to: atLeastOne(role),
});

const clock = exactly({
  kind: Type.Literal('clock'),
  value: orNull(Type.Integer({ minimum: 0 })),
  unit: oneOf(UNITS),
  calendar: oneOf(CALENDARS),
  /** Clock time of a cut-off. */
  at: Type.Optional(Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' })),
  calendarStated: Type.Boolean(),
  nature: oneOf(['service', 'regulatory'] as const),
  /** What the span counts from and to: whoever reads a deadline in either language has to see which act ends it. */
  from: bilingual,
  to: bilingual,
  /** Facts that must hold for the clock to start, each one of the named values. An unknown fact starts nothing. */
  when: Type.Optional(Type.Record(word, atLeastOne(word))),
  pausable: Type.Boolean(),
  /** Warnings, in percent of the span; 100 is the breach itself. */
  warn: Type.Array(Type.Integer({ minimum: 1, maximum: 100 })),
  escalate: Type.Array(escalation),
  /** What a missed limit brings, shown beside the clock. */
  consequence: Type.Optional(bilingual),
  ...sourced,
});

const cadence = exactly({
  kind: Type.Literal('cadence'), value: orNull(Type.Integer({ minimum: 1 })), every: oneOf(PERIODS), calendarStated: Type.Boolean(), ...sourced,
});
const amount = exactly({ kind: Type.Literal('amount'), value: orNull(yuan), currency: Type.Literal('CNY'), ...sourced });
const range = exactly({ kind: Type.Literal('range'), value: orNull(exactly({ from: yuan, to: yuan })), currency: Type.Literal('CNY'), per, ...sourced });
/** `unit` in words: pieces, rounds, attempts, points, basis-points, seconds, days. */
const number = exactly({ kind: Type.Literal('number'), value: orNull(Type.Integer()), unit: word, ...sourced });
/** Null with source `stated`: the source says there is no limit. */
const unlimited = exactly({ kind: Type.Literal('unlimited'), value: Type.Null(), unit: word, ...sourced });
const toggle = exactly({ kind: Type.Literal('switch'), value: orNull(Type.Boolean()), ...sourced });
const choice = exactly({ kind: Type.Literal('choice'), value: orNull(word), ...sourced });
const list = exactly({ kind: Type.Literal('list'), value: orNull(Type.Array(word)), ...sourced });
/** Named whole numbers: quotas per grade, points per cause. */
const mapping = exactly({ kind: Type.Literal('mapping'), value: orNull(Type.Record(word, Type.Integer())), unit: word, per, ...sourced });
const prose = exactly({ kind: Type.Literal('text'), value: orNull(bilingual), ...sourced });

export const COLUMN_TYPES = ['money', 'integer', 'word', 'flag', 'roles'] as const;
/**
 * One row of a decision table. `if`: a condition per input column; a column left out matches everything. Money in yuan
 * with two decimals. `then` null: an open point that a company has to settle at adoption; until then a person decides.
 */
const tableRow = exactly({
  id: word,
  if: Type.Record(word, line),
  then: orNull(Type.Record(word, Type.Union([Type.String(), Type.Integer(), Type.Boolean(), Type.Array(Type.String())]))),
  note: Type.Optional(bilingual),
});
const table = exactly({
  kind: Type.Literal('table'),
  /** Exactly one row must match. There is no other hit policy: none or two matches are "undetermined". */
  hit: Type.Literal('unique'),
  per,
  inputs: Type.Record(word, oneOf(COLUMN_TYPES)),
  outputs: Type.Record(word, oneOf(COLUMN_TYPES)),
  value: orNull(Type.Array(tableRow)),
  ...sourced,
});

export const entrySchema = Type.Union([clock, cadence, amount, range, number, unlimited, toggle, choice, list, mapping, prose, table]);

export const packSchema = exactly({
  $schema: Type.Optional(Type.String()),
  id: Type.String({ pattern: '^[A-Z0-9][A-Za-z0-9-]*$', maxLength: 60 }),
  version: Type.Integer({ minimum: 1 }),
  kind: oneOf(['company', 'regulation'] as const),
  title: bilingual,
  /** Where the rules come from: the policy or law with its number. */
  origin: bilingual,
  validFrom: orNull(plainDate),
  /** Last day on which it is in force; null while nobody ended it. */
  validTo: orNull(plainDate),
  /** Pack that this one replaces. */
  supersedes: Type.Optional(word),
  /** False: known from secondary sources only; the adopting company has to confirm it. */
  confirmed: Type.Boolean(),
  params: Type.Record(Type.String({ pattern: '^[a-z0-9_]+(\\.[a-z0-9_]+)+$' }), entrySchema, { additionalProperties: false }),
});

export type PolicyPack = Static<typeof packSchema>;
export type PackEntry = Static<typeof entrySchema>;
export type EntryOf<K extends PackEntry['kind']> = Extract<PackEntry, { kind: K }>;
export type ClockEntry = EntryOf<'clock'>;
export type TableEntry = EntryOf<'table'>;
export type TableRow = Static<typeof tableRow>;
export type Unit = (typeof UNITS)[number];
export type CountedBy = (typeof CALENDARS)[number];
export type ColumnType = (typeof COLUMN_TYPES)[number];
