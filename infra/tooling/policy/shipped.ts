import { documentOf, policyFolder, readCompany, readCalendarYears, readPacks, textOf } from 'aftercare/policy';
import { join } from 'node:path';

/** Content of `libs/policy/shipped.json`: what running services read in place of the YAML files. */
export async function shippedNow(folder = policyFolder()): Promise<string> {
  const packs = await readPacks(join(folder, 'packs'));
  const company = await readCompany(join(folder, 'companies', 'example.yaml'));
  const years = await readCalendarYears(join(folder, 'calendars'));
  const { text, name } = textOf(documentOf(company, packs.map(({ pack }) => pack)));
  return `${JSON.stringify({ baseline: { id: name.id, version: name.version, text }, years }, null, 1)}\n`;
}
