import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { yamlFilesBelow } from '../pack/read-packs.js';
import { policyFolder } from '../shipped.js';
import { editorSchemas } from './editor-schemas.js';

const FIRST_LINE = /^# yaml-language-server: \$schema=(\S+)\n/;
const files = ['packs', 'companies', 'calendars'].flatMap((folder) => yamlFilesBelow(join(policyFolder(), folder)));
const schemas = await editorSchemas();
const validators = new Map(Object.entries(schemas).map(([name, schema]) => [join(policyFolder(), 'schema', name), new Ajv({ strict: false, allErrors: false }).compile(schema)]));
const schemaOf = (file: string): string => join(dirname(file), FIRST_LINE.exec(readFileSync(file, 'utf8'))?.[1] ?? 'no schema in the first line');

describe('The schemas for editors', () => {
  it('are written beside the files', () => {
    for (const [name, schema] of Object.entries(schemas)) expect(JSON.parse(readFileSync(join(policyFolder(), 'schema', name), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it.each(files.map((file) => [file.slice(policyFolder().length + 1), file]))('take %s, which names its schema in the first line', (_, file) => {
    const schema = schemaOf(file);
    expect(existsSync(schema)).toBe(true);
    const valid = validators.get(schema);
    expect([valid?.(parse(readFileSync(file, 'utf8'))), valid?.errors]).toEqual([true, null]);
  });

  it('refuse an amount as a number, a member that nobody knows and a unit of no calendar', () => {
    const file = join(policyFolder(), 'packs', 'regulation', 'CN-ADR-2011.yaml');
    const valid = validators.get(schemaOf(file));
    const pack = parse(readFileSync(file, 'utf8')) as { params: Record<string, object> };
    const withEntry = (entry: object) => ({ ...pack, params: { ...pack.params, 'adr.extra': entry } });
    const sourced = { clause: '一', rows: [], source: 'stated' };
    expect(valid?.(withEntry({ kind: 'amount', value: '5000.00', currency: 'CNY', ...sourced }))).toBe(true);
    expect(valid?.(withEntry({ kind: 'amount', value: 5000, currency: 'CNY', ...sourced }))).toBe(false);
    expect(valid?.(withEntry({ ...pack.params['adr.report.serious'], unit: 'fortnight' }))).toBe(false);
    expect(valid?.({ ...pack, valid_from: '2026-01-01' })).toBe(false);
  });
});
