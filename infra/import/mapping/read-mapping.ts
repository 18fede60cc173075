import { IMPORT_NAME_LONGEST } from 'aftercare/contracts';
import iconv from 'iconv-lite';
import { parse, YAMLParseError } from 'yaml';
import { Faults, MappingFaulty } from './mapping-faults.js';
import type { Mapping } from './mapping.js';
import { readField } from './read-field.js';
import { TARGETS } from './targets.js';

const MEMBERS = ['register', 'format', 'encoding', 'delimiter', 'sheet', 'timezone', 'key', 'absent', 'fields'];
const FORMATS = ['csv', 'text', 'jsonl', 'xlsx'] as const;
const USUAL_DELIMITER = { csv: ',', text: '|', jsonl: '', xlsx: '' } as const;

/** Reads and checks the text of a mapping file; the form is described in infra/import/mappings/README.md. @throws MappingFaulty */
export function readMapping(yaml: string): Mapping {
  const faults = new Faults();
  const root = faults.object(parsed(yaml), 'mapping', MEMBERS);
  const format = FORMATS.find((name) => name === root['format']);
  if (!format) faults.add('format', `must be one of ${FORMATS.join(', ')}`);
  const mapping: Mapping = {
    register: registerName(root['register'], faults),
    format: format ?? 'csv',
    encoding: encoding(root['encoding'] ?? 'utf-8', faults),
    delimiter: delimiter(root['delimiter'], format ?? 'csv', faults),
    ...(root['sheet'] !== undefined && { sheet: faults.text(root['sheet'], 'sheet') }),
    timezone: timezone(root['timezone'] ?? 'Asia/Shanghai', faults),
    key: root['key'] === undefined ? faults.add('key', 'must name the column or columns that identify a row') ?? [] : faults.texts(root['key'], 'key'),
    absent: new Set(['', ...faults.texts(root['absent'] ?? [], 'absent').map((text) => text.trim().toLowerCase())]),
    fields: fields(root['fields'], faults),
  };
  faults.throwIfAny();
  return mapping;
}

function parsed(yaml: string): unknown {
  try {
    return parse(yaml) as unknown;
  } catch (error) {
    if (error instanceof YAMLParseError) throw new MappingFaulty([`it is not YAML: ${error.message.split('\n')[0] ?? ''}`]);
    throw error;
  }
}

function fields(value: unknown, faults: Faults): Mapping['fields'] {
  const named = faults.object(value, 'fields', Object.keys(TARGETS));
  for (const [target, { required }] of Object.entries(TARGETS)) {
    if (required && !(target in named)) faults.add(`fields.${target}`, 'is missing: no complaint is complete without it');
  }
  return Object.entries(named).flatMap(([target, field]) => (target in TARGETS ? [readField(target, field, faults)] : []));
}

function registerName(value: unknown, faults: Faults): string {
  const name = faults.text(value, 'register') ?? '';
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || name.length > IMPORT_NAME_LONGEST.register) {
    faults.add('register', `must be small letters, digits and hyphens, at most ${IMPORT_NAME_LONGEST.register}: it is part of every case's identity`);
  }
  return name;
}

function encoding(value: unknown, faults: Faults): string {
  const name = faults.text(value, 'encoding') ?? '';
  if (!iconv.encodingExists(name)) faults.add('encoding', `"${name}" is not known; for example utf-8, windows-1252, gb18030`);
  return name;
}

function delimiter(value: unknown, format: Mapping['format'], faults: Faults): string {
  if (value === undefined) return USUAL_DELIMITER[format];
  if (format !== 'csv' && format !== 'text') faults.add('delimiter', `says nothing for ${format}`);
  const text = faults.text(value, 'delimiter') ?? '';
  if (text.length !== 1 || /["\r\n]/.test(text)) faults.add('delimiter', 'must be one character, no quote and no line end');
  return text;
}

function timezone(value: unknown, faults: Faults): string {
  const name = faults.text(value, 'timezone') ?? '';
  try {
    Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
  } catch {
    faults.add('timezone', `"${name}" is not known; for example Asia/Shanghai`);
  }
  return name;
}
