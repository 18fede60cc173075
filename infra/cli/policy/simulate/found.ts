import type { Difference } from 'aftercare/policy';

/** What the differences of one chunk come to: it is small, so that only those that somebody will see have to leave their thread. */
export interface Found {
  /** Cases with at least one difference, and cases of which something is noted. */
  readonly affected: readonly string[];
  readonly noted: readonly string[];
  /** How many differences and how many notes there are, listed or not. */
  readonly lines: { readonly differences: number; readonly noted: number };
  readonly breaches: Readonly<Record<'added' | 'removed' | 'moved', number>>;
  readonly effects: Readonly<Record<'route' | 'approval' | 'penalty', number>>;
  readonly signers: Readonly<Record<'extra' | 'spared', number>>;
}

export function foundIn(differences: readonly Difference[]): Found {
  const [affected, noted] = [new Set<string>(), new Set<string>()];
  const breaches = { added: 0, removed: 0, moved: 0 };
  const effects = { route: 0, approval: 0, penalty: 0 };
  const signers = { extra: 0, spared: 0 };
  const lines = { differences: 0, noted: 0 };
  for (const difference of differences) {
    const isNoted = isNote(difference);
    lines[isNoted ? 'noted' : 'differences'] += 1;
    (isNoted ? noted : affected).add(difference.caseId);
    if (difference.kind === 'breach') breaches[difference.change] += 1;
    if (difference.kind !== 'decision') continue;
    effects[difference.effect] += 1;
    signers.extra += difference.extraSigners.length;
    signers.spared += difference.sparedSigners.length;
  }
  return { affected: [...affected], noted: [...noted], lines, breaches, effects, signers };
}

/** What a total counts without being a difference. */
export const isNote = ({ kind }: Difference): boolean => kind === 'noted';

/** The first so many differences and the first so many notes, in their order: which of them a screen shows depends on the other chunks. */
export function firstOf(differences: readonly Difference[], most: number | null): readonly Difference[] {
  if (most === null) return differences;
  const left = { differences: most, notes: most };
  return differences.filter((difference) => (isNote(difference) ? left.notes-- : left.differences--) > 0);
}
