import type { Bilingual } from 'aftercare/kernel';
import type { PolicyPack } from '../pack/pack.schema.js';
import { shapeFaults } from '../pack/shape-faults.js';
import { namedTwice } from '../check/adoption-is-plain.js';
import { checkAdoption, filesOfAdoption, type KnownNames } from '../check/check-adoption.js';
import type { Finding } from '../check/finding.js';
import { notesOn } from '../check/notes.js';
import { readKeys } from '../check/read-policy-files.js';
import { calendarOf } from '../shipped-calendar.js';
import { policyFolder } from '../shipped.js';
import { faultsOfTables } from '../tables/tables-of-adoption.js';
import { CLOCKS_READ, SETTINGS_READ, TABLES_READ, type SettingKey } from '../what-is-read.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { documentOf, textOf, type AdoptedText, type AdoptionDocument } from './document.js';
import { policyOf } from './policy-of.js';

export type ReadAdoption =
  | { readonly sound: true; readonly adopted: AdoptedText; /** What the person who adopts it should know. */ readonly notes: readonly Bilingual[] }
  | { readonly sound: false; readonly faults: readonly string[] };

interface Sent { readonly company?: unknown; readonly packs?: unknown }

/**
 * Takes `{"company": …, "packs": […]}` as a person sent it and says what of it cannot be adopted. Loads the checkers
 * only now: adopting is rare. What is found here can never be taken back once it stands in the log.
 */
export async function readAdoption(text: string, known: KnownNames): Promise<ReadAdoption> {
  let sent: Sent;
  try {
    sent = (JSON.parse(text) ?? {}) as Sent;
  } catch {
    return unsound(['the document is no JSON']);
  }
  const packs: readonly unknown[] = Array.isArray(sent.packs) ? sent.packs : [];
  // Before anything is looked at closely: the same pack a hundred times would keep everybody waiting.
  const repeated = packsSentTwice(packs);
  if (repeated.length > 0) return unsound(repeated);
  const misshapen = await faultsOfShape(sent, packs);
  if (misshapen.length > 0) return unsound(misshapen);
  const company = sent.company as CompanyPolicy;
  const twice = namedTwice({ companies: [{ file: company.id, company }] });
  if (twice.length > 0) return unsound(twice.map(said));
  const missing = company.precedence.filter(({ pack, version }) => !(packs as readonly PolicyPack[]).some((sentPack) => sentPack.id === pack && sentPack.version === version));
  if (missing.length > 0) return unsound(missing.map(({ pack, version }) => `company/precedence: ${pack} version ${version} is adopted but was not sent`));
  const document = documentOf(company, packs as readonly PolicyPack[]);
  const faultyTables = faultsOfTables(document);
  if (faultyTables.length > 0) return unsound(faultyTables);
  const names = { ...known, keys: known.keys ?? await readKeys(policyFolder()) };
  const open = checkAdoption(company, document.packs, names);
  const unreadable = open.length > 0 ? [] : faultsOfReading(document);
  return open.length + unreadable.length > 0 ? unsound([...open.map(said), ...unreadable]) : { sound: true, adopted: textOf(document), notes: notesOn(filesOfAdoption(company, document.packs, names)) };
}

/** Asks for everything once as cases will: what throws now is refused, what throws later stops a department. */
function faultsOfReading(document: AdoptionDocument): readonly string[] {
  try {
    const policy = policyOf(document, textOf(document).name, calendarOf(document.company));
    for (const key of Object.keys(SETTINGS_READ) as SettingKey[]) policy.setting(key);
    for (const key of CLOCKS_READ) policy.clocks(key);
    for (const key of TABLES_READ) policy.decide(key, {});
    return [];
  } catch (error) {
    return [`${document.company.id}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

const unsound = (faults: readonly string[]): ReadAdoption => ({ sound: false, faults });

function packsSentTwice(packs: readonly unknown[]): readonly string[] {
  const ids = packs.map((pack) => (typeof pack === 'object' && pack !== null && 'id' in pack ? String(pack.id) : ''));
  return [...new Set(ids.filter((id, at) => id !== '' && ids.indexOf(id) !== at))].map((id) => `packs: ${id} was sent twice 同一政策发送了两次`);
}

async function faultsOfShape({ company }: Sent, packs: readonly unknown[]): Promise<readonly string[]> {
  const { packSchema } = await import('../pack/pack.schema.js');
  const { adoptionSchema } = await import('./adoption.schema.js');
  const faults = (await shapeFaults(adoptionSchema, company)).map(({ path, message }) => `company${path}: ${message}`);
  for (const [at, pack] of packs.entries()) {
    faults.push(...(await shapeFaults(packSchema, pack)).map(({ path, message }) => `packs/${at}${path}: ${message}`));
  }
  return faults;
}

const said = ({ file, key, message }: Finding): string => `${key === null ? file : `${file}/${key}`}: ${message.en} ${message.zh}`;
