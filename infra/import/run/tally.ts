/** Where every row ended. */
export interface Tally {
  readonly read: number;
  readonly imported: number;
  /** Was a case already, from an earlier run or an earlier row of the same content. */
  readonly repeated: number;
  readonly refused: number;
}

export const NOTHING_YET: Tally = { read: 0, imported: 0, repeated: 0, refused: 0 };

export type Bucket = Exclude<keyof Tally, 'read'>;

/** Every row in exactly one bucket. */
export function counted(tally: Tally, buckets: readonly Bucket[]): Tally {
  const next = { ...tally, read: tally.read + buckets.length };
  for (const bucket of buckets) next[bucket] += 1;
  return next;
}

/** @throws Error when a row is in no bucket or in two, which is a defect of the import and must not pass for success */
export function mustBalance({ read, imported, repeated, refused }: Tally, rowsInFile: number): void {
  if (read === imported + repeated + refused && read === rowsInFile) return;
  throw new Error(`${rowsInFile} rows in the file, ${read} read, but ${imported} imported + ${repeated} repeated + ${refused} refused`);
}
