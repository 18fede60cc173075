import Database from 'better-sqlite3';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Stands for the kill of the process: from statement number `at` on nothing is carried out any more. */
export class Dying {
  carriedOut = 0;
  dead = false;
  readonly #undo: (() => void)[] = [];

  constructor(private readonly at: number) {
    const db = new Database(':memory:');
    const statement = Object.getPrototypeOf(db.prepare('SELECT 1')) as Record<string, Method>;
    db.close();
    this.#watch(Database.prototype as unknown as Record<string, Method>, 'exec');
    this.#watch(statement, 'run');
  }

  revive(): void {
    for (const undo of this.#undo) undo();
  }

  #watch(owner: Record<string, Method>, name: string): void {
    const original = owner[name] as Method;
    const step = (): void => {
      // The driver ends a transaction by itself when an error goes through it, as the kill would.
      if (this.dead || this.carriedOut === this.at) {
        this.dead = true;
        throw new Error('killed');
      }
      this.carriedOut += 1;
    };
    owner[name] = function carriedOutOrNot(this: unknown, ...args: unknown[]): unknown {
      step();
      return original.apply(this, args);
    };
    this.#undo.push(() => { owner[name] = original; });
  }
}
