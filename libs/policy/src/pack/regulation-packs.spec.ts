import { join } from 'node:path';
import { isRole } from 'aftercare/access';
import { applies } from '../clocks/starting.js';
import { policyFolder } from '../shipped.js';
import { calendarOf } from '../shipped-calendar.js';
import { compileTable } from '../tables/decision-table.js';
import type { PolicyPack, TableEntry } from './pack.schema.js';
import { readCompany, readPacks } from './read-packs.js';

const files = await readPacks(join(policyFolder(), 'packs', 'regulation'));
const company = await readCompany(join(policyFolder(), 'companies', 'example.yaml'));
const calendar = calendarOf(company);
const packOf = (id: string): PolicyPack => files.find(({ pack }) => pack.id === id)?.pack as PolicyPack;
const clocks = files.flatMap(({ pack }) => Object.entries(pack.params).flatMap(([key, entry]) => (entry.kind === 'clock' ? [{ name: `${pack.id}/${key}`, pack: pack.id, key, entry }] : [])));

/** Keys of a pack's clocks that start under these facts, with their value and unit. */
const startedBy = (id: string, facts: Readonly<Record<string, string>>): string[] =>
  clocks.filter(({ pack, entry }) => pack === id && applies({ when: entry.when ?? {} }, facts) === 'yes').map(({ key, entry }) => `${key} ${entry.value} ${entry.unit}`);
const decide = (id: string, key: string, inputs: Readonly<Record<string, string | null>>) => {
  const outcome = compileTable(packOf(id).params[key] as TableEntry, { pack: id, version: '1', key }).decide(inputs);
  return outcome.determined ? outcome.then['duty'] ?? outcome.then['recallClass'] : outcome.why;
};

describe('A rule of law as a pack', () => {
  it.each(files.map(({ file, pack }) => [file, pack] as const))('%s carries its own name and is a regulation', (file, pack) => {
    expect([`${pack.id}.yaml`, pack.kind]).toEqual([file, 'regulation']);
    expect(Object.values(pack.params).flatMap(({ rows }) => rows)).toEqual([]);
  });

  it('says of every entry that is not certain, or of its whole pack, that it has to be confirmed', () => {
    expect(files.filter(({ pack }) => !pack.confirmed).map(({ pack }) => pack.id).sort()).toEqual([
      'CN-DEVICE-EVENT-2019', 'CN-DRUG-RECALL-2022', 'CN-GSP', 'CN-GVP-2021', 'CN-RECORDS-2020', 'CN-TRACE-CODE', 'EU-ANNEX11', 'US-21CFR11', 'US-21CFR7',
    ]);
  });

  it.each(clocks.map(({ name, entry }) => [name, entry] as const))('%s cannot be paused, warns, and calls people of quality before it is missed', (_, entry) => {
    expect([entry.nature, entry.pausable]).toEqual(['regulatory', false]);
    expect(entry.warn).toEqual([50, 80, 100]);
    expect(entry.escalate.flatMap(({ to }) => to).filter((role) => !isRole(role) || !role.startsWith('quality.'))).toEqual([]);
    expect(entry.escalate.at(-1)).toEqual({ percent: 100, to: ['quality.officer', 'quality.head'] });
  });
});

describe('The reporting rules for drugs and devices', () => {
  it.each([
    ['death', null, 'death'], ['serious', null, 'serious'], ['serious', 'known', 'serious'], ['non-serious', 'new', 'serious'], ['non-serious', 'known', 'other'],
    ['non-serious', 'undetermined', 'open-point'], ['non-serious', null, 'missing-input'], ['undetermined', 'new', 'no-match'], ['undetermined', 'known', 'no-match'], [null, 'known', 'missing-input'],
  ])('a reaction that is %s and %s is %s', (seriousness, expectedness, duty) => {
    expect(decide('CN-ADR-2011', 'adr.reportability', { seriousness, expectedness })).toBe(duty);
  });

  it.each([['death', 'death'], ['serious', 'serious'], ['possibly-serious', 'serious'], ['non-serious', 'open-point'], ['undetermined', 'no-match']])('a device event that is %s is %s', (seriousness, duty) => {
    expect(decide('CN-DEVICE-EVENT-2019', 'device_event.reportability', { seriousness })).toBe(duty);
  });

  it('a death opens two clocks for the holder and one for a distributor', () => {
    const death = { productKind: 'drug', duty: 'death' };
    expect(startedBy('CN-ADR-2011', { ...death, role: 'holder' })).toEqual(['adr.report.death 0 day', 'adr.death_investigation 15 day']);
    expect(startedBy('CN-ADR-2011', { ...death, role: 'distributor' })).toEqual(['adr.report.death 0 day']);
    expect(startedBy('CN-ADR-2011', { productKind: 'drug', duty: 'serious' })).toEqual(['adr.report.serious 15 day']);
    expect(startedBy('CN-ADR-2011', { productKind: 'device', duty: 'serious' })).toEqual([]);
  });

  it('day 0 of pharmacovigilance needs the four minimum elements', () => {
    const serious = { productKind: 'drug', duty: 'serious' };
    expect(startedBy('CN-GVP-2021', serious)).toEqual([]);
    expect(startedBy('CN-GVP-2021', { ...serious, minimumCriteria: 'met' })).toEqual(['adr.report.serious 15 day']);
    expect(startedBy('CN-GVP-2021', { productKind: 'drug', duty: 'other', minimumCriteria: 'met' })).toEqual(['adr.report.other 30 day']);
  });

  it('another jurisdiction is another ladder, by role', () => {
    const us = { productKind: 'device', jurisdiction: 'US' };
    expect(startedBy('US-21CFR803', { ...us, role: 'manufacturer', urgentReport: 'yes' })).toEqual(['device_event.report.manufacturer 30 day', 'device_event.report.manufacturer_urgent 5 working-day']);
    expect(startedBy('US-21CFR803', { ...us, role: 'user-facility' })).toEqual(['device_event.report.user_facility 10 working-day']);
    expect(startedBy('US-21CFR803', { productKind: 'device', jurisdiction: 'CN', role: 'manufacturer' })).toEqual([]);
  });
});

describe('A clock that says "at once"', () => {
  it('can be met: it is due when the day ends, as a reading of ours', () => {
    const none = clocks.filter(({ entry }) => entry.value === 0);
    expect(none.map(({ name }) => name)).toEqual(['CN-ADR-2011/adr.report.death']);
    for (const { entry: { value, unit, calendar: counted, at, source } } of none) {
      expect(source).toBe('reading');
      expect(calendar.due({ value: value ?? NaN, unit, calendar: counted, ...(at !== undefined && { at }) }, '2026-03-01T06:00:00.000Z')).toEqual({ at: '2026-03-01T16:00:00.000Z' });
    }
  });
});

describe('The recall rules', () => {
  it('a class II device recall counts 3 calendar days and 5 working days at once', () => {
    const facts = { productKind: 'device', recallClass: '2' };
    expect(startedBy('CN-DEVICE-RECALL-2017', facts)).toEqual(['recall.notice.class_2 3 day', 'recall.evaluation 5 working-day']);
    const due = clocks.filter(({ pack, entry }) => pack === 'CN-DEVICE-RECALL-2017' && applies({ when: entry.when ?? {} }, facts) === 'yes')
      .map(({ entry }) => calendar.due({ value: entry.value ?? NaN, unit: entry.unit, calendar: entry.calendar }, '2026-09-18T09:00:00.000Z'));
    // Friday 18 September 17:00; Sunday 20 is a make-up day, so the fifth working day is Thursday 24.
    expect(due).toEqual([{ at: '2026-09-21T09:00:00.000Z' }, { at: '2026-09-24T09:00:00.000Z' }]);
  });

  it.each([['1', '24 hour', '1 day'], ['2', '48 hour', '3 day'], ['3', '72 hour', '7 day']])('class %s was told within %s until October 2022, and is within %s since', (recallClass, before, since) => {
    const facts = { productKind: 'drug', recallClass };
    expect(startedBy('CN-DRUG-RECALL-2007', facts)[0]).toBe(`recall.notice.class_${recallClass} ${before}`);
    expect(startedBy('CN-DRUG-RECALL-2022', facts)[0]).toBe(`recall.notice.class_${recallClass} ${since}`);
  });

  it.each([['serious', '1'], ['temporary', '2'], ['none', '3'], ['undetermined', 'no-match'], [null, 'missing-input']])('harm that is %s makes class %s', (harm, recallClass) => {
    expect(decide('CN-DRUG-RECALL-2022', 'recall.class', { harm })).toBe(recallClass);
  });
});
