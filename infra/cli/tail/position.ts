import { DEPARTMENTS } from '../../launcher/departments.js';
import { CliFailure, EXIT } from '../exit-codes.js';

/** Next index to read of each followed department's log. */
export type Position = Readonly<Record<string, number>>;

/** `intake:120,quality:44`; what `tail` prints when it ends and takes with --from. */
export function writePosition(position: Position): string {
  return Object.entries(position).map(([department, index]) => `${department}:${index}`).join(',');
}

/** @throws CliFailure */
export function readPosition(text: string): Position {
  return Object.fromEntries(text.split(',').map((part) => {
    const [, department, index] = /^([a-z]+):(\d{1,15})$/.exec(part.trim()) ?? [];
    if (department === undefined || !isDepartment(department)) {
      throw new CliFailure(EXIT.usage, `--from is "start", "end" or a position such as intake:120,quality:44, not "${text}".`);
    }
    return [department, Number(index)];
  }));
}

export function isDepartment(name: string): boolean {
  return (DEPARTMENTS as readonly string[]).includes(name);
}

/** The departments that were named, else all. @throws CliFailure */
export function namedDepartments(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !isDepartment(name));
  if (unknown.length > 0) throw new CliFailure(EXIT.usage, `there is no department ${unknown.join(', ')}; there are ${DEPARTMENTS.join(', ')}.`);
  return names.length > 0 ? [...new Set(names)] : DEPARTMENTS;
}
