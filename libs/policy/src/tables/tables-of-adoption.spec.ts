import { join } from 'node:path';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import { documentOf, type AdoptionDocument } from '../adoption/document.js';
import { readAdoption } from '../adoption/read-adoption.js';
import type { TableEntry } from '../pack/pack.schema.js';
import { readCompany, readPacks } from '../pack/read-packs.js';
import { policyFolder } from '../shipped.js';
import { compileTable, overlapsOf } from './decision-table.js';
import { faultsOfTables } from './tables-of-adoption.js';

const packs = (await readPacks(join(policyFolder(), 'packs')));
const example = await readCompany(join(policyFolder(), 'companies', 'example.yaml'));
const adoptedBy = (more: Partial<CompanyPolicy>): AdoptionDocument => documentOf({ ...example, ...more }, packs.map(({ pack }) => pack));
const faultsWith = (more: Partial<CompanyPolicy>): string => faultsOfTables(adoptedBy(more)).join('\n');

const price: TableEntry = {
  kind: 'table', hit: 'unique', clause: '-', rows: [], source: 'stated', inputs: { price: 'money' }, outputs: { approver: 'word' },
  value: [{ id: 'all', if: {}, then: { approver: 'billing.general-manager' } }],
};
const ownPrice = (more: Partial<TableEntry>) => ({ own: { 'billing.price_approval.bands': { ...price, ...more } } });
const open = { table: 'billing.waiver.bands', row: 'P001C-29-gap', why: '董事会决定' };

describe('the tables that are shipped', () => {
  const tables = packs.flatMap(({ file, pack }) => Object.entries(pack.params).flatMap(([key, entry]) =>
    entry.kind === 'table' && entry.value !== null ? [{ name: `${pack.id}@${pack.version}/${key}`, file, pack: pack.id, version: String(pack.version), key, entry }] : []));

  it.each(tables)('$name can be read and no two of its rows match the same case', ({ entry, ...place }) => {
    expect(() => compileTable(entry, place)).not.toThrow();
    expect(overlapsOf(entry, place)).toEqual([]);
  });

  it('are more than a handful', () => {
    expect(tables.length).toBeGreaterThan(10);
  });
});

describe('the tables of an adoption', () => {
  it('are sound in the shipped example, and with its open point settled or left open on purpose', () => {
    expect(faultsWith({})).toBe('');
    expect(faultsWith({ settle: [{ ...open, then: { approver: 'billing.general-manager' } }] })).toBe('');
    expect(faultsWith({ settle: [{ ...open, then: null }] })).toBe('');
    expect(faultsWith(ownPrice({}))).toBe('');
  });

  it.each([
    ['a row that is not open', { settle: [{ ...open, row: 'P001C-27', then: null }] }, /row P001C-27: is settled, but is no open point/],
    ['a table that nobody has', { settle: [{ ...open, table: 'no.such', then: null }] }, /P001C-29-gap of no\.such, which no adopted pack has/],
    ['an amount without decimals', ownPrice({ value: [{ id: 'all', if: { price: '< 1000' }, then: { approver: 'billing.general-manager' } }] }), /example\/billing\.price_approval\.bands, row all: price < 1000/],
    ['a column that nobody fills', ownPrice({ inputs: { weather: 'word' } }), /input weather of type word is nothing that is known/],
    ['a column of another type', ownPrice({ inputs: { price: 'integer' } }), /input price of type integer is nothing that is known when it is asked: price \(money\)/],
    ['no approver', ownPrice({ outputs: { who: 'word' }, value: [{ id: 'all', if: {}, then: { who: 'a' } }] }), /output approver of type word is missing/],
    ['no table at all', { own: { 'billing.price_approval.bands': { kind: 'switch' as const, value: true, clause: '-', rows: [], source: 'stated' as const } } }, /must be a table/],
  ])('are refused with %s', (_, more, fault) => {
    expect(faultsWith(more)).toMatch(fault);
  });

  it('are looked at before anything is adopted', async () => {
    const { company, packs: named } = adoptedBy(ownPrice({ inputs: { price: 'integer' } }));
    expect(await readAdoption(JSON.stringify({ company, packs: named }), { roles: [] })).toMatchObject({ sound: false, faults: expect.arrayContaining([expect.stringContaining('input price of type integer')]) });
    expect(JSON.stringify(await readAdoption(JSON.stringify(adoptedBy(ownPrice({}))), { roles: [] }))).not.toContain('input price');
  });
});
