import 'reflect-metadata';

/** Several property decorators as one, so that a command reads as a list of members. */
export function applyDecorators(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

const WRITTEN_FORM = 'aftercare:written-form';

/** The one form in which a member is recorded, applied by the edge after the checks: two spellings of one instant must not differ. */
export function writtenAs(form: (value: unknown) => unknown): PropertyDecorator {
  return (target, property) => Reflect.defineMetadata(WRITTEN_FORM, form, target, property);
}

export function writtenForm(target: object, member: string): ((value: unknown) => unknown) | undefined {
  return Reflect.getMetadata(WRITTEN_FORM, target, member) as ((value: unknown) => unknown) | undefined;
}
