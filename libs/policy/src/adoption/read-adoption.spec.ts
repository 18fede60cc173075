import { join } from 'node:path';
import { readCompany, readPacks } from '../pack/read-packs.js';
import { policyFolder } from '../shipped.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { readAdoption } from './read-adoption.js';

const packs = (await readPacks(join(policyFolder(), 'packs'))).map(({ pack }) => pack);
const example = await readCompany(join(policyFolder(), 'companies', 'example.yaml'));
const called = [...packs, { params: example.own }].flatMap(({ params }) => Object.values(params)).flatMap((entry) => [
  ...(entry.kind === 'clock' ? entry.escalate.flatMap(({ to }) => to) : []),
  ...(entry.kind === 'table' ? (entry.value ?? []).flatMap(({ then }) => Object.values(then ?? {}).flat().map(String)) : []),
]);
const read = (more: Partial<CompanyPolicy>, roles = ['registry.clerk', ...called]) => readAdoption(JSON.stringify({ company: { ...example, ...more }, packs }), roles);

describe('a company file that is sent to be adopted', () => {
  it('is taken when every value is filled or switched off and every open row is settled or left to a person', async () => {
    expect(await read({})).toMatchObject({ sound: true });
  });

  it('is refused as long as it leaves something open, naming it in both languages', async () => {
    const [first, ...others] = example.off.filter(({ key }) => key.includes('/'));
    expect(await read({ off: example.off.filter((one) => one !== first) })).toEqual({
      sound: false, faults: [expect.stringMatching(`^example/${first?.key}: this pack gives no value: fill it under own, or switch it off .*此政策没有给出数值`)],
    });
    expect(others.length).toBeGreaterThan(0);
    expect(await read({ settle: example.settle.slice(1) })).toMatchObject({ sound: false, faults: [expect.stringContaining(`row ${example.settle[0]?.row} is open in the source`)] });
  });

  it('is refused with a calendar of which no year was published: every working day would be undetermined', async () => {
    expect(await read({ calendar: 'XX' })).toMatchObject({ sound: false, faults: [expect.stringMatching(/^example: there is no calendar XX/)] });
  });

  it('is refused where it calls a role that nobody can hold', async () => {
    expect(await read({ calendarOwner: 'registry.nobody' })).toMatchObject({ sound: false, faults: [expect.stringMatching(/^example: there is no role registry\.nobody/)] });
    const { faults } = await read({}, ['registry.clerk']) as { faults: readonly string[] };
    expect(faults.some((fault) => fault.startsWith('P001E/complaint.first_contact: there is no role intake'))).toBe(true);
  });

  it('is refused with a law that has ended', async () => {
    expect(await read({ precedence: [...example.precedence, { pack: 'CN-DRUG-RECALL-2007', version: 1 }] })).toMatchObject({
      sound: false, faults: [expect.stringMatching(/^example: CN-DRUG-RECALL-2007 is in force … – 2022-10-31 and is adopted for other days too/)],
    });
  });
});
