/** How a client's operation ended in the eyes of the client: `unknown` when no answer came, so it may or may not have happened. */
export type Ending = 'ok' | 'fail' | 'unknown';

export interface Operation {
  /** `<process>-<counter>`, unique in a history. */
  readonly id: string;
  readonly ending: Ending;
  /** Number of events it records when it happens, all or none. */
  readonly events: number;
  /** Ticks of the history's own clock: `began` < `ended`, and an operation that began after another ended has the larger ticks. */
  readonly began: number;
  readonly ended: number;
  /** Set when a repeat was answered otherwise than the first time. */
  readonly contradicted?: string;
}

/** What clients did and were told, in the order in which they saw it. */
export class History {
  private readonly known = new Map<string, Operation>();
  private readonly counters = new Map<string, number>();
  private tick = 0;

  /** Until it is ended an operation counts as unknown: that is what a killed client leaves. */
  begin(process: string, events = 1): string {
    const count = (this.counters.get(process) ?? 0) + 1;
    this.counters.set(process, count);
    return this.beginAs(`${process}-${count}`, events);
  }

  /** For clients that count by themselves. Beginning an operation again, as a repeat does, keeps its first beginning. */
  beginAs(id: string, events = 1): string {
    this.tick += 1;
    if (!this.known.has(id)) this.known.set(id, { id, ending: 'unknown', events, began: this.tick, ended: Number.POSITIVE_INFINITY });
    return id;
  }

  /** A repeat may turn unknown into ok or fail; the first clear answer stays. @throws Error for what was never begun */
  end(id: string, ending: Ending): void {
    const operation = this.known.get(id);
    if (!operation) throw new Error(`${id} was never begun`);
    if (operation.ending !== 'unknown' && ending !== 'unknown' && operation.ending !== ending) {
      this.known.set(id, { ...operation, contradicted: `${operation.ending} and then ${ending}` });
    }
    if (operation.ending !== 'unknown') return;
    this.tick += 1;
    this.known.set(id, { ...operation, ending, ended: ending === 'unknown' ? Number.POSITIVE_INFINITY : this.tick });
  }

  get operations(): readonly Operation[] {
    return [...this.known.values()];
  }

  count(ending: Ending): number {
    return this.operations.filter((operation) => operation.ending === ending).length;
  }
}
