import { createRequire } from 'node:module';
import type * as TypeStorage from 'class-transformer/types/storage.js';
import { writtenForm } from 'aftercare/contracts';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

// class-transformer keeps what `@Type()` said in a module that its front door does not export.
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as typeof TypeStorage;

export type Dto = new () => object;

/** One member of a DTO as its decorators declare it. */
export interface DtoMember {
  readonly name: string;
  readonly required: boolean;
  /** `@IsOptional()`: null means the same as absent. */
  readonly optional: boolean;
  readonly list: boolean;
  /** The class of a nested member or of the items of a nested list. */
  readonly nested: Dto | undefined;
  readonly rules: readonly ValidationMetadata[];
  /** How the checked value is written down, where one value has several spellings. */
  readonly written: ((value: unknown) => unknown) | undefined;
}

const known = new Map<Dto, readonly DtoMember[]>();

/** The members of a DTO, inherited ones included. Decorators run once, so the answer is kept. */
export function membersOf(dto: Dto): readonly DtoMember[] {
  let members = known.get(dto);
  if (!members) {
    members = [...rulesByName(dto)].map(([name, rules]) => memberOf(dto, name, rules));
    known.set(dto, members);
  }
  return members;
}

function rulesByName(dto: Dto): Map<string, ValidationMetadata[]> {
  const grouped = new Map<string, ValidationMetadata[]>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false)) {
    grouped.set(rule.propertyName, [...(grouped.get(rule.propertyName) ?? []), rule]);
  }
  return grouped;
}

function memberOf(dto: Dto, name: string, rules: readonly ValidationMetadata[]): DtoMember {
  const declared = Reflect.getMetadata('design:type', dto.prototype as object, name) as Dto | undefined;
  const nests = rules.some(({ type }) => type === 'nestedValidation');
  return {
    name,
    // `@IsOptional()` and `@ValidateIf()` are both kept as conditions; everything else has to be there.
    required: !rules.some(({ type }) => type === 'conditionalValidation'),
    optional: rules.some((rule) => rule.name === 'isOptional'),
    list: (declared as unknown) === Array || rules.some((rule) => rule.each || rule.name === 'isArray'),
    nested: nests ? nestedDto(dto, name, declared) : undefined,
    rules,
    written: writtenForm(dto.prototype as object, name),
  };
}

/** The class behind `@Type(() => X)`, or behind the declared type of the member. */
function nestedDto(dto: Dto, name: string, declared: Dto | undefined): Dto | undefined {
  const typed = defaultMetadataStorage.findTypeMetadata(dto, name)?.typeFunction() as Dto | undefined;
  const candidate = typed ?? declared;
  return candidate && ![Array, Object].includes(candidate as never) ? candidate : undefined;
}
