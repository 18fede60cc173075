import TypeBox from 'typebox';
import { Type } from './schema.js';

type Build = (type: typeof Type) => object;

const SCHEMAS: readonly (readonly [string, Build])[] = [
  ['a text', (type) => type.String({ minLength: 1, maxLength: 100 })],
  ['a number', (type) => type.Integer({ minimum: 0 })],
  ['a flag', (type) => type.Boolean()],
  ['a list', (type) => type.Array(type.String(), { minItems: 1 })],
  ['one of several', (type) => type.Unsafe<'a' | 'b'>(type.Enum(['a', 'b']))],
  ['something or null', (type) => type.Union([type.Integer(), type.Null()])],
  ['an object without unknown members', (type) => type.Object({ minor: type.Integer(), currency: type.Literal('CNY') }, { additionalProperties: false })],
  ['an object without members', (type) => type.Object({}, { additionalProperties: false })],
];

describe('schemas of the contracts', () => {
  it.each(SCHEMAS)('given %s, then the JSON Schema is the one that typebox gives', (_, build) => {
    expect(JSON.parse(JSON.stringify(build(Type)))).toEqual(JSON.parse(JSON.stringify(build(TypeBox))));
  });
});
