/** The word that was most likely meant: fewest letters to change, and fewer than half of them; null where none is near. */
export function nearestWord(written: string, words: readonly string[]): string | null {
  const [first] = words.map((word) => ({ word, changes: lettersToChange(written.toLowerCase(), word.toLowerCase()) })).sort((a, b) => a.changes - b.changes);
  return first !== undefined && first.changes * 2 < Math.max(written.length, first.word.length) ? first.word : null;
}

/** Letters to put in, to take out or to replace (Levenshtein); row by row, so that two rows are kept and no table. */
function lettersToChange(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row += 1) {
    const here = [row];
    for (let at = 1; at <= to.length; at += 1) {
      const replaced = (above[at - 1] ?? 0) + (from[row - 1] === to[at - 1] ? 0 : 1);
      here.push(Math.min(replaced, (above[at] ?? 0) + 1, (here[at - 1] ?? 0) + 1));
    }
    above = here;
  }
  return above[to.length] ?? 0;
}
