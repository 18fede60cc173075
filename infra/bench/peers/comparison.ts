import { againstYardstick, type Measure } from '../measure.js';
import { median } from '../statistics.js';
import type { Standing } from './contestant.js';
import type { Introduction, Ready } from './field.js';

/** One workload done by everybody: a line for each contestant, a column for each size of the work. */
export interface Comparison {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly how: string;
  readonly columns: readonly string[];
  readonly lines: readonly ComparisonLine[];
  readonly field: readonly Introduction[];
}

export interface ComparisonLine {
  readonly title: string;
  readonly standing: Standing;
  readonly cells: readonly (ComparisonCell | null)[];
}

export interface ComparisonCell {
  /** Median of the rounds, with the lowest and the highest. */
  readonly figure: number;
  readonly spread: readonly [number, number];
  /** How many times better ours on the same engine was, median over the rounds; null for ours. */
  readonly ours: number | null;
}

type Heading = Pick<Comparison, 'id' | 'what' | 'unit' | 'better' | 'how'> & {
  /** Columns in which less is better although more is in the others. */
  readonly lessIn?: readonly string[];
  /** Columns that explain the others and judge nobody. */
  readonly noRatioIn?: readonly string[];
};

/** Collects the figures of all rounds of one workload. */
export class Figures {
  private readonly rounds = new Map<string, number[]>();
  private readonly columns: string[] = [];
  private readonly contestants: Ready['entrant'][] = [];

  record({ entrant }: Ready, column: string, figure: number): void {
    if (!this.columns.includes(column)) this.columns.push(column);
    if (!this.contestants.includes(entrant)) this.contestants.push(entrant);
    const key = keyOf(entrant.id, column);
    this.rounds.set(key, [...this.rounds.get(key) ?? [], figure]);
  }

  comparison({ lessIn = [], noRatioIn = [], ...heading }: Heading, field: readonly Introduction[]): Comparison {
    const ordered = field.flatMap(({ id }) => this.contestants.filter((entrant) => entrant.id === id));
    const lines = ordered.map((entrant) => ({
      title: entrant.title, standing: entrant.standing,
      cells: this.columns.map((column) => {
        const figures = this.of(entrant.id, column);
        if (figures.length === 0) return null;
        const ours = noRatioIn.includes(column) ? [] : this.of(oursFor(entrant), column);
        const isMoreBetter = heading.better === 'more' && !lessIn.includes(column);
        const ratios = ours.map((own, i) => (isMoreBetter ? own / (figures[i] as number) : (figures[i] as number) / own));
        return { figure: median(figures), spread: [Math.min(...figures), Math.max(...figures)] as const, ours: entrant.standing === 'ours' || ratios.length === 0 ? null : median(ratios) };
      }),
    }));
    return { ...heading, columns: this.columns, lines, field: field.filter(({ id }) => ordered.some((entrant) => entrant.id === id)) };
  }

  /** A target of ours against one contestant in one column; nothing when one of the two did not take part. */
  target(id: string, what: string, unit: string, how: string, who: readonly [ours: string, other: string], column: string, atLeast: number): readonly Measure[] {
    const [ours, others] = who.map((contestant) => this.of(contestant, column));
    if (!ours?.length || !others?.length) return [];
    return [againstYardstick({ id, what, unit, how }, ours.map((own, i) => ({ ours: own, yardstick: others[i] as number })), atLeast)];
  }

  private of(contestant: string, column: string): readonly number[] {
    return this.rounds.get(keyOf(contestant, column)) ?? [];
  }
}

function keyOf(contestant: string, column: string): string {
  return `${contestant} ${column}`;
}

function oursFor({ engine }: Ready['entrant']): string {
  return engine === 'postgres' ? 'ours-postgres' : 'ours-sqlite';
}
