import 'reflect-metadata';

/** Several property decorators as one, so that a command reads as a list of members. */
export function applyDecorators(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
