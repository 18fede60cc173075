import type { CommandRecord } from 'aftercare/event-store';
import { UUID } from 'uuidv7';
import { CASE_KINDS } from './case-kinds.js';
import { cast, mouldOf, type MouldedCase, type MouldedStep } from './mould.js';
import { recordCase } from './recorded-case.js';

/** Cases that are open side by side, as in a department of some dozens of people. */
const OPEN_CASES = 1_000;
const FIRST_INSTANT = Date.parse('2026-01-05T00:30:00.000Z');
/** Mean time between two appends; ten million events then fill about two thirds of a year. */
const MEAN_GAP_MS = 4_000;

/** What one command recorded, ready for the transfer port of a store. */
export interface Generated {
  readonly events: readonly Buffer[];
  readonly receipt: CommandRecord;
}

interface OpenCase {
  readonly mould: MouldedCase;
  readonly ids: string[];
  readonly began: number;
  next: number;
}

/** An endless log of an intake department, the same for the same seed except for what is random in an id. */
export class Generator {
  /** Cases of which the log holds something, so that a reader can ask for them; only every `keepEvery`th is kept. */
  readonly cases: { readonly id: string; readonly aggregate: string }[] = [];
  private readonly open: OpenCase[] = [];
  private clock = FIRST_INSTANT;
  private index = 0;
  private begun = 0;

  private constructor(private readonly moulds: readonly MouldedCase[], private readonly random: () => number, private readonly keepEvery: number) {}

  static async create({ seed = 1, keepEvery = 1 } = {}): Promise<Generator> {
    const moulds: MouldedCase[] = [];
    for (const kind of CASE_KINDS) {
      const mould = mouldOf(await recordCase(kind));
      moulds.push(...Array.from({ length: kind.share }, () => mould));
    }
    return new Generator(moulds, randomFrom(seed), keepEvery);
  }

  /** The next append: a step of one of the open cases, or the first of a new one. */
  next(): Generated {
    this.clock += Math.ceil(this.random() * 2 * MEAN_GAP_MS);
    const now = new Date(this.clock).toISOString();
    const place = Math.floor(this.random() * OPEN_CASES);
    const one = this.open[place] ?? this.begin(place);
    const step = one.mould.steps[one.next] as MouldedStep;
    if (one.next === 0) this.remember(one);
    const firstIndex = this.index;
    const newId = (): string => this.newId();
    const events = step.events.map((mould) => cast(mould, { ids: one.ids, newId, began: one.began, now }, this.index++));
    one.next += 1;
    if (one.next === one.mould.steps.length) this.begin(place);
    const receipt = {
      commandId: this.newId(), fingerprint: 'b3JpZ2luYWwgY29tbWFuZCBvZiB0aGlzIHJlY2VpcHQ', stream: `${step.aggregate}-${one.ids[0]}`,
      version: step.version, firstIndex, nextIndex: this.index, recordedAt: now,
    };
    return { events, receipt };
  }

  private remember({ ids: [id = ''], mould }: OpenCase): void {
    if (this.begun % this.keepEvery === 0) this.cases.push({ id, aggregate: (mould.steps[0] as MouldedStep).aggregate });
    this.begun += 1;
  }

  private begin(place: number): OpenCase {
    const mould = this.moulds[Math.floor(this.random() * this.moulds.length)] as MouldedCase;
    const one = { mould, ids: [this.newId()], began: this.clock, next: 0 };
    this.open[place] = one;
    return one;
  }

  /** Of the simulated time, so that ids ascend as they do in a log that grew for a year. */
  private newId(): string {
    const bits = (most: number): number => Math.floor(this.random() * most);
    return UUID.fromFieldsV7(this.clock, bits(0x1000), bits(0x4000_0000), bits(0x1_0000_0000)).toString();
  }
}

/** Small and repeatable; nothing secret depends on it. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
