/**
 * Chance that can be had again: the same seed gives the same numbers. Independent of how often a neighbour asks,
 * because every part takes a fork of its own by name.
 */
export class Seeded {
  private state: number;

  constructor(readonly seed: string) {
    this.state = digest(seed);
  }

  fork(name: string): Seeded {
    return new Seeded(`${this.seed}/${name}`);
  }

  /** 0 ≤ x < 1. */
  next(): number {
    // A Weyl sequence whose steps are mixed until each bit depends on all: enough for choosing, useless for secrets.
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to choose from');
    return list[this.int(0, list.length - 1)] as T;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const left = [...list];
    return list.map(() => left.splice(this.int(0, left.length - 1), 1)[0] as T);
  }
}

function digest(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}
