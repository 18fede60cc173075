import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import { type Dto, type DtoMember, membersOf } from './dto-members.js';

type Values = Readonly<Record<string, unknown>>;
type Check = (value: unknown, object: Values) => boolean;

interface Checked {
  readonly name: string;
  readonly optional: boolean;
  readonly list: boolean;
  readonly nested: Dto | undefined;
  readonly checks: readonly Check[];
}

/** Null for a DTO with a decorator that is not understood here: class-validator itself then has the only word. */
const compiled = new Map<Dto, ReadonlyMap<string, Checked> | null>();

/**
 * True when class-validator would find nothing wrong, asked of its own constraints without building an instance,
 * contexts and error lists for every member. False says nothing: then class-validator is asked, which names what is
 * wrong. A test holds the two answers against each other.
 */
export function passesEveryCheck(dto: Dto, value: Values): boolean {
  let members = compiled.get(dto);
  if (members === undefined) compiled.set(dto, members = compile(dto));
  if (members === null) return false;
  for (const name of Object.keys(value)) if (!members.has(name)) return false;
  for (const member of members.values()) if (!memberPasses(member, value)) return false;
  return true;
}

function memberPasses({ name, optional, list, nested, checks }: Checked, object: Values): boolean {
  const value = object[name];
  if (optional && (value === undefined || value === null)) return true;
  if (value === undefined) return false;
  for (const check of checks) if (!check(value, object)) return false;
  if (!nested) return true;
  if (Array.isArray(value) !== list) return false;
  const items = (list ? value : [value]) as readonly unknown[];
  return items.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item) && passesEveryCheck(nested, item as Values));
}

function compile(dto: Dto): ReadonlyMap<string, Checked> | null {
  const members: [string, Checked][] = [];
  for (const { name, optional, list, nested, rules } of membersOf(dto)) {
    const checks = checksOf(dto, name, rules, optional);
    if (checks === null) return null;
    members.push([name, { name, optional, list, nested, checks }]);
  }
  return new Map(members);
}

function checksOf(dto: Dto, property: string, rules: DtoMember['rules'], optional: boolean): readonly Check[] | null {
  const checks: Check[] = [];
  for (const rule of rules) {
    if (rule.type === 'nestedValidation' || rule.type === 'whitelistValidation') continue;
    if (rule.type === 'conditionalValidation' && optional) continue;
    if (rule.type !== 'customValidation' || rule.groups?.length || rule.always || rule.validationTypeOptions) return null;
    const found = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls);
    if (found.length === 0 || found.some(({ async }) => async)) return null;
    for (const { instance } of found) checks.push(checkOf(dto, property, rule, instance));
  }
  return checks;
}

function checkOf(dto: Dto, property: string, { constraints, each }: ValidationMetadata, constraint: ValidatorConstraintInterface): Check {
  const holds: Check = (value, object) => constraint.validate(value, { targetName: dto.name, property, object, value, constraints }) === true;
  if (!each) return holds;
  return (value, object) => Array.isArray(value) && value.every((item) => holds(item, object));
}
