import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarYear } from '../calendars/calendar-year.schema.js';
import { readCalendarYears, readCompany, readFileAs, readPacks, type PackFile } from '../pack/read-packs.js';
import { policyFolder, shippedYears } from '../shipped.js';
import type { CompanyFile, KeyRegister, PolicyFiles, Requirement } from './policy-files.js';

/** Where files lie that are not the shipped ones. */
export interface Elsewhere {
  /** Folder of packs beside the shipped ones; one with the id and version of a shipped pack takes its place. */
  readonly packs?: string;
  /** One company file in place of the shipped ones. */
  readonly company?: string;
}

const REGISTER = {
  type: 'object',
  additionalProperties: {
    type: 'object', additionalProperties: false, required: ['zh', 'en', 'kind'],
    properties: { zh: { type: 'string', minLength: 1 }, en: { type: 'string', minLength: 1 }, kind: { type: 'string' } },
  },
};
const REQUIREMENTS = {
  type: 'object', required: ['requirements'],
  properties: { requirements: { type: 'array', items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } } },
};

/** Packs, company files and what keys are called: all that showing them takes. */
export type NamedPolicies = Pick<PolicyFiles, 'packs' | 'companies' | 'keys'>;

/** @throws UnreadablePolicyFile */
export async function readNamedPolicies(elsewhere: Elsewhere): Promise<NamedPolicies> {
  const folder = policyFolder();
  const packs = await packsWith(join(folder, 'packs'), elsewhere.packs);
  return { packs, companies: await companiesIn(folder, elsewhere.company), keys: await readKeys(folder) };
}

/** What keys are called. @throws UnreadablePolicyFile */
export async function readKeys(folder: string): Promise<PolicyFiles['keys']> {
  return { company: await register(join(folder, 'keys.yaml')), regulation: await register(join(folder, 'keys-regulation.yaml')) };
}

/** Reads all that a check looks at. @throws UnreadablePolicyFile */
export async function readPolicyFiles(elsewhere: Elsewhere, roles: readonly string[]): Promise<PolicyFiles> {
  const folder = policyFolder();
  const named = await readNamedPolicies(elsewhere);
  const { requirements } = await readFileAs<{ requirements: readonly Requirement[] }>(join(folder, '..', '..', 'docs', 'domain', 'requirements.yaml'), REQUIREMENTS);
  const years = await readCalendarYears(join(folder, 'calendars'));
  return { ...named, requirements, roles, series: [...new Set(years.map(({ series }) => series))], idleYears: idleOf(years) };
}

/** Years that differ from what services read, or are missing there. */
function idleOf(years: readonly CalendarYear[]): readonly string[] {
  const inUse = new Set(shippedYears().map((year) => JSON.stringify(year)));
  return years.filter((year) => !inUse.has(JSON.stringify(year))).map(({ series, year }) => `calendars/${series}/${year}.yaml`);
}

async function packsWith(shipped: string, further: string | undefined): Promise<readonly PackFile[]> {
  const own = further === undefined ? [] : await readPacks(further);
  const isReplaced = ({ pack: { id, version } }: PackFile): boolean => own.some(({ pack }) => pack.id === id && pack.version === version);
  return [...(await readPacks(shipped)).filter((one) => !isReplaced(one)), ...own];
}

async function companiesIn(folder: string, file: string | undefined): Promise<readonly CompanyFile[]> {
  const files = file === undefined
    ? readdirSync(join(folder, 'companies')).filter((name) => name.endsWith('.yaml')).sort().map((name) => [join(folder, 'companies', name), `companies/${name}`] as const)
    : [[file, file] as const];
  return Promise.all(files.map(async ([path, name]) => ({ file: name, company: await readCompany(path) })));
}

const register = async (file: string): Promise<KeyRegister> => (existsSync(file) ? readFileAs<KeyRegister>(file, REGISTER) : {});
