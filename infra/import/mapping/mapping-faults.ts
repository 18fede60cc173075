/** A mapping file that cannot be followed. Every fault is named at once, so that it is put right in one go. */
export class MappingFaulty extends Error {
  override readonly name = 'MappingFaulty';

  constructor(readonly faults: readonly string[]) {
    super(`the mapping cannot be followed:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Reads members of YAML objects and collects what is wrong, each with its path. */
export class Faults {
  readonly found: string[] = [];

  add(path: string, what: string): undefined {
    this.found.push(`${path} ${what}`);
    return undefined;
  }

  object(value: unknown, path: string, members: readonly string[]): Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.add(path, 'must be a list of names and values');
      return {};
    }
    for (const name of Object.keys(value)) {
      if (members.length > 0 && !members.includes(name)) this.add(`${path}.${name}`, `is not known; there are ${members.join(', ')}`);
    }
    return value as Readonly<Record<string, unknown>>;
  }

  /** A number or flag without quotes is taken as it was written, because YAML, not the author, made it one. */
  text(value: unknown, path: string): string | undefined {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    return this.add(path, 'must be a text');
  }

  texts(value: unknown, path: string): readonly string[] {
    const list = Array.isArray(value) ? value : [value];
    return list.map((item: unknown, place) => (item === null ? '' : this.text(item, `${path}[${place}]`) ?? ''));
  }

  throwIfAny(): void {
    if (this.found.length > 0) throw new MappingFaulty(this.found);
  }
}
