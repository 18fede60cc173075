import type TypeBox from 'typebox';

/**
 * The builders of typebox that the contracts use, with its types and giving its JSON Schemas, as a test shows. Loading
 * typebox itself would read 374 files in every process, a ninth of the work of starting one, and no running service
 * checks an event against its schema.
 */
type Builders = Pick<typeof TypeBox, 'Array' | 'Boolean' | 'Enum' | 'Integer' | 'Literal' | 'Null' | 'Object' | 'String' | 'Union' | 'Unsafe'>;
type Plain = Readonly<Record<string, unknown>>;

const builders = {
  Array: (items: Plain, options: Plain = {}) => ({ type: 'array', items, ...options }),
  Boolean: () => ({ type: 'boolean' }),
  Enum: (values: readonly string[]) => ({ enum: values }),
  Integer: (options: Plain = {}) => ({ type: 'integer', ...options }),
  Literal: (value: string) => ({ type: 'string', const: value }),
  Null: () => ({ type: 'null' }),
  Object: (properties: Plain, options: Plain = {}) => {
    const required = Object.keys(properties);
    return { type: 'object', ...(required.length > 0 && { required }), properties, ...options };
  },
  String: (options: Plain = {}) => ({ type: 'string', ...options }),
  Union: (anyOf: readonly Plain[]) => ({ anyOf }),
  Unsafe: (schema: Plain) => schema,
};

export const Type = builders as unknown as Builders;
