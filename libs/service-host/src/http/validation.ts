import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { messageOf } from './constraint-messages.js';
import { type Dto, membersOf } from './dto-members.js';
import { passesEveryCheck } from './passes-checks.js';
import { type FieldError, HttpProblem } from './problems.js';

const MAX_ERRORS = 50;

const CHECKS: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: false,
  // The messages need the object to find the values of its constraints, and the value to find the word that is near; neither leaves.
  validationError: { target: true, value: true },
};

/**
 * The one pipe for every input: unknown members are refused, nested objects and lists are checked, and no value is
 * converted, so `"5"` is never taken for 5. The first 50 errors are named with path, rule and both languages.
 * A body arrives as a plain object with exactly the members that were sent; null in an optional one counts as not sent.
 */
export function inputValidation(): PipeTransform {
  return new InputValidation();
}

/** Calls class-validator itself: Nest's pipe walks every body three times more for inputs that no JSON can hold. */
class InputValidation implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || !isDto(metatype)) return value;
    const given = value === undefined ? {} : value;
    if (!isPlainObject(given)) {
      throw new HttpProblem({ status: 400, code: 'not-an-object', detail: { zh: '内容必须是一个 JSON 对象。', en: 'The body must be a JSON object.' } });
    }
    if (passesEveryCheck(metatype, given)) return membersSent(metatype, given);
    const misshapen = shapeErrors(metatype, given, '');
    const named = new Set(misshapen.map(({ field }) => field));
    const found = validateSync(plainToInstance(metatype, given), CHECKS).flatMap((error) => fieldErrors(error, ''));
    const errors = [...misshapen, ...found.filter(({ field }) => !named.has(field))];
    if (errors.length > 0) throw invalidInput(errors);
    return membersSent(metatype, given);
  }
}

function isDto(metatype: ArgumentMetadata['metatype']): metatype is Dto {
  return metatype !== undefined && ![Array, Object, String, Number, Boolean].includes(metatype as never);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What class-validator lets through: a nested member that is missing altogether, and a list where one nested object is
 * declared or the other way round. Without this a DTO's type would be a promise nobody keeps.
 */
function shapeErrors(dto: Dto, value: Readonly<Record<string, unknown>>, parent: string): readonly FieldError[] {
  return membersOf(dto).flatMap(({ name, required, nested, list }) => {
    const member = value[name];
    const field = `${parent}${name}`;
    if (member === undefined || member === null) return required && (member === undefined || nested) ? [wrong(field, 'isDefined')] : [];
    if (!nested) return [];
    if (Array.isArray(member) !== list) return [wrong(field, list ? 'isArray' : 'isObject')];
    const items = (list ? member : [member]) as readonly unknown[];
    return items.flatMap((item, position) => {
      const path = list ? `${field}.${position}` : field;
      return isPlainObject(item) ? shapeErrors(nested, item, `${path}.`) : [wrong(path, 'isObject')];
    });
  });
}

/** An instance of the DTO's class would carry `undefined` for every absent member, which no event can record. */
function membersSent(dto: Dto, value: Readonly<Record<string, unknown>>): object {
  const sent = membersOf(dto).filter(({ name, optional }) => value[name] !== undefined && !(optional && value[name] === null));
  return Object.fromEntries(sent.map(({ name, nested, written }) => {
    if (nested) return [name, nestedSent(nested, value[name])];
    return [name, written ? written(value[name]) : value[name]];
  }));
}

function nestedSent(nested: Dto, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => nestedSent(nested, item));
  return isPlainObject(value) ? membersSent(nested, value) : value;
}

function wrong(field: string, rule: string): FieldError {
  const { zh, en } = messageOf(rule, []);
  return { field: field.slice(0, 200), rule, message: en, message_zh: zh };
}

/** The 400 for an input with these wrong members. */
export function invalidInput(errors: readonly FieldError[]): HttpProblem {
  const [first] = errors;
  return new HttpProblem({
    status: 400,
    code: 'invalid-input',
    detail: {
      zh: first ? `${first.field}：${first.message_zh}${errors.length > 1 ? `（共 ${errors.length} 处）` : ''}。` : '内容有误。',
      en: first ? `${first.field} ${first.message}${errors.length > 1 ? ` (${errors.length} errors in all)` : ''}.` : 'The input is wrong.',
    },
    ...(first && { field: first.field, rule: first.rule }),
    errors: errors.slice(0, MAX_ERRORS),
  });
}

function fieldErrors(error: ValidationError, parent: string): readonly FieldError[] {
  const field = `${parent}${error.property}`.slice(0, 200);
  const own = Object.keys(error.constraints ?? {}).map((rule) => {
    const declared = declaredIn(error, rule);
    const { zh, en } = messageOf(rule, declared?.constraints ?? [], error.value, declared?.each);
    return { field, rule, message: en, message_zh: zh };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}.`))];
}

/** The decorator with the values given to it, such as 200 for `@MaxLength(200)`. */
function declaredIn(error: ValidationError, rule: string): { readonly constraints?: readonly unknown[]; readonly each: boolean } | undefined {
  const target = error.target?.constructor;
  if (!target) return undefined;
  return getMetadataStorage().getTargetValidationMetadatas(target, '', false, false).find((one) => one.propertyName === error.property && one.name === rule);
}
