import { existsSync } from 'node:fs';
import {
  choose, companyView, inForceOn, keysLike, LANGUAGES, packAsData, packView, readPolicyFile, viewAsMarkdown, viewAsText,
  type Choice, type CompanyPolicy, type Language, type Names, type PolicyPack, type PolicyView,
} from 'aftercare/policy';
import { CliFailure, EXIT } from '../exit-codes.js';
import type { RegisterCommand } from '../register-command.js';
import { plain } from '../table.js';
import { policyCommand } from './policy-group.js';
import { dayOption, policyFiles, readable } from './read-files.js';

interface Options {
  readonly lang: string;
  readonly on?: string;
  readonly key?: string;
  readonly format: string;
  readonly packs?: string;
}

type Found = { readonly pack: PolicyPack } | { readonly company: CompanyPolicy };
const FORMATS = ['text', 'markdown', 'json'] as const;
const [NARROWEST, WIDEST, PIPED] = [60, 180, 140];

export const policyShowCommand: RegisterCommand = (program, terminal) => {
  policyCommand(program).command('show <name>')
    .description('a pack, a regulation or a company file as tables with their clauses; needs nothing that runs')
    .option('--lang <language>', LANGUAGES.join(', '), 'both')
    .option('--on <date>', 'the version in force on that day')
    .option('--key <pattern>', 'only keys that contain this; * stands for anything')
    .option('--format <format>', FORMATS.join(', '), 'text')
    .option('--packs <dir>', 'folder of your own packs, beside the shipped ones')
    .addHelpText('after', [
      '\nThe name is that of a pack (P001E), of a company (example), or a file (./our-policy.yaml).', '\nExamples:',
      '  aftercare policy show P001E', '  aftercare policy show P003 --lang en --key complaint.*', '  aftercare policy show CN-DRUG-RECALL-2022 --on 2026-03-31 --format markdown',
    ].join('\n'))
    .action(async (name: string, options: Options) => {
      const [language, format] = [oneOf('--lang', LANGUAGES, options.lang), oneOf('--format', FORMATS, options.format)];
      const day = dayOption(options.on);
      const { packs, companies, names } = await policyFiles(options);
      const all = packs.map(({ pack }) => pack);
      const found = narrowed(existsSync(name) && /\.ya?ml$/.test(name) ? await fromFile(name, day) : named(name, all, companies.map(({ company }) => company), day), options.key);
      terminal.out(format === 'json' ? JSON.stringify(asData(found, names), null, 2) : rendered(viewOf(found, all, names), format, language));
    });
};

function oneOf<const V extends readonly string[]>(option: string, values: V, value: string): V[number] {
  if (values.includes(value)) return value;
  throw new CliFailure(EXIT.usage, `${option} is ${values.join(', ')}, not "${value}".`);
}

async function fromFile(path: string, day: string | null): Promise<Found> {
  const found = await readable(() => readPolicyFile(path));
  const dated = 'pack' in found ? found.pack : found.company;
  if (day !== null && !inForceOn(day, dated)) throw new CliFailure(EXIT.notFound, `${path} is not in force on ${day}.`);
  return found;
}

function named(name: string, packs: readonly PolicyPack[], companies: readonly CompanyPolicy[], day: string | null): Found {
  const pack = choose(packs, name, day);
  if ('chosen' in pack) return { pack: pack.chosen };
  const company = choose(companies, name, day);
  if ('chosen' in company) return { company: company.chosen };
  throw new CliFailure(EXIT.notFound, [pack, company].some(({ none }) => none === 'not-in-force') ? otherDays(name, day, pack, packs) : `No pack, regulation or company is called "${name}"; aftercare policy list names them.`);
}

/** Says which days it is in force, and what took its place. */
function otherDays(name: string, day: string | null, choice: Choice<PolicyPack>, packs: readonly PolicyPack[]): string {
  const versions = 'none' in choice && choice.none === 'not-in-force' ? choice.versions : [];
  const days = versions.map(({ id, version, validFrom, validTo }) => `${id}@${version} ${validFrom ?? '…'} to ${validTo ?? '…'}`).join('; ');
  const successor = packs.find(({ supersedes }) => supersedes?.toLowerCase() === name.toLowerCase());
  return `${name} is not in force on ${day ?? 'that day'}${days ? ` (${days})` : ''}${successor ? `; ${successor.id} takes its place` : ''}.`;
}

function narrowed(found: Found, pattern: string | undefined): Found {
  if (pattern === undefined) return found;
  const params = keysLike('pack' in found ? found.pack.params : found.company.own, pattern);
  if (Object.keys(params).length === 0) throw new CliFailure(EXIT.notFound, `No key matches "${pattern}".`);
  return 'pack' in found ? { pack: { ...found.pack, params } } : { company: { ...found.company, own: params } };
}

const viewOf = (found: Found, packs: readonly PolicyPack[], names: Names): PolicyView =>
  'pack' in found ? packView(found.pack, names) : companyView(found.company, packs, names);

const asData = (found: Found, names: Names): object => 'pack' in found ? packAsData(found.pack, names) : found.company;

function rendered(view: PolicyView, format: 'text' | 'markdown', language: Language): string {
  if (format === 'markdown') return viewAsMarkdown(view, { language }).trimEnd();
  const columns = process.stdout.columns ?? PIPED;
  return viewAsText(view, { language, width: Math.min(WIDEST, Math.max(NARROWEST, columns)) }).split('\n').map(plain).join('\n');
}
