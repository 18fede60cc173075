import type { ColumnType } from '../pack/pack.schema.js';

/**
 * Within a region of a column no cell of the table can change its answer: the stretch between two amounts that the cells
 * name, one such amount itself, one named word, any other word, true, false, not known. So the engine is asked once per
 * combination of regions, and a replay of half a million decisions costs as many look-ups.
 */
export interface Regions {
  readonly count: number;
  /** From 0; the last one is "not known". */
  regionOf(value: string | number | boolean | null): number;
  /** What the engine is asked about a region: the value itself, and one word for all the words that no cell names. */
  spokenFor(value: string | number | boolean): string | number | boolean;
  /** One value per region that a known value can be in. */
  readonly samples: readonly (string | number | boolean)[];
}

export function regionsOf(type: ColumnType, marks: readonly (number | string)[]): Regions {
  switch (type) {
    case 'money':
    case 'integer': return ofNumbers([...new Set(marks.filter((mark) => typeof mark === 'number'))].sort((a, b) => a - b));
    case 'word':
    case 'roles': return ofWords([...new Set(marks.filter((mark) => typeof mark === 'string'))]);
    case 'flag': return {
      count: 3, samples: [false, true], spokenFor: (value) => value,
      regionOf: (value) => (value === null ? 2 : Number(value)),
    };
  }
}

function ofNumbers(marks: readonly number[]): Regions {
  const notKnown = 2 * marks.length + 1;
  const around = marks.flatMap((mark) => [mark - 1, mark, mark + 1]).filter((value) => Number.isSafeInteger(value));
  return {
    count: notKnown + 1, samples: marks.length === 0 ? [0] : [...new Set(around)], spokenFor: (value) => value,
    regionOf(value) {
      if (value === null) return notKnown;
      let low = 0;
      let high = marks.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((marks[middle] ?? 0) < Number(value)) low = middle + 1;
        else high = middle;
      }
      return marks[low] === value ? 2 * low + 1 : 2 * low;
    },
  };
}

function ofWords(words: readonly string[]): Regions {
  const places = new Map(words.map((word, place) => [word, place]));
  const longest = words.reduce((length, word) => Math.max(length, word.length), 0);
  const other = '-'.repeat(longest + 1);
  return {
    count: words.length + 2, samples: [...words, other],
    regionOf: (value) => (value === null ? words.length + 1 : places.get(String(value)) ?? words.length),
    spokenFor: (value) => (places.has(String(value)) ? value : other),
  };
}
