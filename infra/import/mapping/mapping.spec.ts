import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../launcher/project-root.js';
import { dateFormat } from './date-format.js';
import { readMapping } from './read-mapping.js';
import { RowTranslator } from './row-to-command.js';

const FIELDS = `
  channel: { const: register }
  locality: { const: local }
  awareAt: { column: Day, dates: [YYYY-MM-DD, "MMMM DD, YYYY", D.M.YYYY, "YYYY-MM-DD HH:mm"] }
  complainant: Who
  subject: { template: "{Lot}: {What}", otherwise: nothing said }
  demand: { const: answer }
  phone: { column: Phone }
  classification.class: { column: Kind, values: { 质量: product-quality, ADR: adverse-reaction, service: service } }
  classification.goods.lot: Lot
  classification.goods.quantity: Pieces
  classification.goods.manufacturedOn: { nowhere: true }
  classification.reaction.takenOn: { nowhere: true }`;
const yaml = (fields = FIELDS, head = 'format: csv\nkey: No') => `register: sample\n${head}\nabsent: ["N/A", UNK]\nfields:${fields}`;
const translate = (cells: Record<string, string>) =>
  new RowTranslator(readMapping(yaml())).translate({ No: 'A-1', Day: '2026-03-02', Who: '何予安', Kind: '质量', Lot: 'L-7', ...cells });

describe('a mapping file', () => {
  it.each(readdirSync(join(projectRoot(), 'infra/import/mappings')).filter((name) => name.endsWith('.yaml')))('%s that comes with the project can be followed', (name) => {
    expect(readMapping(readFileSync(join(projectRoot(), 'infra/import/mappings', name), 'utf8')).register).toBe(name.replace('.yaml', ''));
  });
  it.each([
    [yaml().replace('format: csv', 'format: dbf'), /format must be one of csv, text, jsonl, xlsx/],
    [yaml(FIELDS.replace('  demand: { const: answer }', '')), /fields.demand is missing/],
    [yaml(FIELDS.replace('const: answer', 'const: a, column: B')), /fields.demand needs exactly one of column, const/],
    [yaml(FIELDS.replace('demand:', 'demend:')), /fields.demend is not known/],
    [yaml(FIELDS.replace('D.M.YYYY', 'D.M')), /"D.M" must hold year, month and day/],
    [yaml(FIELDS.replace(', dates: [YYYY-MM-DD', ', datse: [YYYY-MM-DD')), /fields.awareAt.datse is not known[^]*fields.awareAt needs dates/],
    [yaml(FIELDS, 'format: csv\nkey: No\nencoding: klingon'), /encoding "klingon" is not known/],
    [yaml(FIELDS, 'format: csv\nkey: No\ntimezone: Mars/Base'), /timezone "Mars\/Base" is not known/],
    [yaml(FIELDS, 'format: csv'), /key must name/],
    ['register: [', /it is not YAML/],
  ])('names what is wrong %#', (text, words) => {
    expect(() => readMapping(text)).toThrow(words);
  });
});

describe('a row', () => {
  it('becomes a command: a date is midnight in Asia/Shanghai, unknown members are named for the class that asks (P003-19)', () => {
    expect(translate({ Pieces: '3', Phone: 'unk', What: 'leaks' })).toEqual({ key: 'A-1', command: {
      channel: 'register', locality: 'local', awareAt: '2026-03-01T16:00:00.000Z', complainant: '何予安', subject: 'L-7: leaks', demand: 'answer',
      classification: { class: 'product-quality', goods: { lot: 'L-7', quantity: 3, notKnown: ['manufacturedOn'] } },
    } });
  });
  it.each([['service', {}], ['ADR', { goods: { notKnown: ['lot', 'quantity', 'manufacturedOn'] }, reaction: { notKnown: ['takenOn'] } }]])('of class %s', (Kind, parts) => {
    expect(translate({ Kind, Lot: ' n/a ' })).toMatchObject({ command: { subject: 'nothing said', classification: { ...parts } } });
    if (Kind === 'service') expect(translate({ Kind, Lot: '' })).toMatchObject({ command: { classification: { class: 'service' } } });
  });
  it.each([
    [{ No: ' ' }, 'key-missing', 'No', /no key/], [{ Who: 'UNK' }, 'value-missing', 'complainant', /"Who"/],
    [{ Day: '2026-02-30' }, 'not-instant', 'awareAt', /"2026-02-30".*YYYY-MM-DD/], [{ Day: '2026-03-02 24:00' }, 'not-instant', 'awareAt', /24:00/],
    [{ Kind: 'other' }, 'value-not-mapped', 'classification.class', /"other"/], [{ Pieces: '3.5' }, 'not-integer', 'classification.goods.quantity', /3.5/],
  ])('%j is refused as %s, naming field and reason', (cells, code, field, words) => {
    expect(translate(cells)).toMatchObject({ refusal: { code, field, en: expect.stringMatching(words), zh: expect.stringMatching(/。$/) } });
  });
  it('keeps long words whole and never shows personal ones in a refusal', () => {
    const long = '话'.repeat(30_000);
    expect(translate({ Who: long })).toMatchObject({ command: { complainant: long } });
    const mapped = readMapping(yaml(FIELDS.replace('complainant: Who', 'complainant: { column: Who, values: { a: b } }')));
    expect(JSON.stringify(new RowTranslator(mapped).translate({ No: '1', Day: '2026-03-02', Who: '何予安', Kind: 'ADR' }))).not.toContain('何予安');
  });
});

it.each([
  ['MMMM DD, YYYY', 'October 06, 2009', { year: 2009, month: 10, day: 6, time: null }], ['MMMM DD, YYYY', 'Octember 06, 2009', { month: 0 }],
  ['D.M.YYYY HH:mm', '3.12.2026 08:05', { day: 3, month: 12, time: { hour: 8, minute: 5, second: 0 } }], ['YYYY/MM/DD', '2026/3/02', null], ['YYYY/MM/DD', '2026/03/02x', null],
])('%s reads %s', (written, text, parts) => {
  const read = dateFormat(written)?.parse(text);
  if (parts === null) expect(read).toBeNull();
  else expect(read).toMatchObject(parts);
});
