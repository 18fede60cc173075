import * as contracts from 'aftercare/contracts';
import { CHINESE_TERMS } from './index.js';

const typesOf = (value: unknown): string[] =>
  (typeof value === 'object' && value !== null && 'type' in value && 'schema' in value && typeof value.type === 'string' ? [value.type] : []);

describe('the Chinese terms', () => {
  const published = Object.values<unknown>(contracts).flatMap(typesOf);

  it('name every published event', () => {
    expect(published.length).toBeGreaterThan(90);
    expect(published.filter((type) => !(type in CHINESE_TERMS))).toEqual([]);
  });
  it('name no event that does not exist', () => {
    expect(Object.keys(CHINESE_TERMS).filter((type) => !published.includes(type))).toEqual([]);
  });
});
