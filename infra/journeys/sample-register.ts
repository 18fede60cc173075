import type { PrivateInstance } from './private-instance.js';

/** What became of the rows of the project's own sample register. */
export interface Imported {
  readonly read: number;
  readonly imported: number;
  readonly refused: number;
  /** Ids of the cases that came into being. */
  readonly cases: readonly string[];
}

export async function importSampleRegister(_company: PrivateInstance, _say: (line: string) => void): Promise<Imported> {
  return { read: 0, imported: 0, refused: 0, cases: [] };
}
