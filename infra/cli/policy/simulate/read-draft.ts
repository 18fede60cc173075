import { ROLE_NAMES } from 'aftercare/access';
import { checkPolicies, readPolicyFiles, type CompanyPolicy, type Finding, type FindingCode, type PolicyPack } from 'aftercare/policy';
import { CliFailure, EXIT } from '../../exit-codes.js';
import type { Terminal } from '../../terminal.js';
import { readable, requirePath } from '../read-files.js';

/** What keeps a draft from being adopted and not from being reckoned with. */
const ONLY_TOLD: ReadonlySet<FindingCode> = new Set([
  'unset-left-open', 'pack-not-in-force', 'unbound-key', 'unused-key', 'unknown-own-key', 'unregistered-key', 'unused-words', 'unknown-row', 'row-never-decides', 'versions-overlap', 'supersedes-nothing',
]);

/** Faults of a shipped pack that keep even a reckoning from being made; the others are no fault of the draft. */
const BREAKS_RECKONING: ReadonlySet<FindingCode> = new Set(['table-cannot-be-read', 'unit-does-not-fit', 'clock-cannot-run', 'kind-differs']);

export interface DraftFiles {
  readonly company: CompanyPolicy;
  readonly packs: readonly PolicyPack[];
}

/** The draft with the packs it names, found sound by the checks of `policy check`. @throws CliFailure */
export async function readDraft(file: string, packs: string | undefined, terminal: Terminal): Promise<DraftFiles> {
  requirePath('--draft', file, 'file');
  requirePath('--packs', packs, 'folder');
  const files = await readable(() => readPolicyFiles({ packs, company: file }, ROLE_NAMES));
  const [draft] = files.companies;
  if (!draft) throw new CliFailure(EXIT.failed, `${file} is no company file.`);
  const named = files.packs.filter(({ pack }) => draft.company.precedence.some((one) => one.pack === pack.id && one.version === pack.version));
  const ours = new Set([draft.file, ...named.map((one) => one.file)]);
  const findings = checkPolicies(files).findings.filter((finding) => ours.has(finding.file));
  const isDrafted = (name: string): boolean => name === draft.file || packs !== undefined;
  const faults = findings.filter(({ code, file: name }) => (isDrafted(name) ? !ONLY_TOLD.has(code) : BREAKS_RECKONING.has(code)));
  if (faults.length > 0) throw new CliFailure(EXIT.failed, `the draft cannot be simulated:\n${faults.map(faultLine).join('\n')}`);
  if (findings.length > 0) terminal.err(`The draft cannot be adopted as it is: ${findings.length} findings of \`aftercare policy check\`, which do not keep it from being simulated.`);
  return { company: draft.company, packs: named.map(({ pack }) => pack) };
}

const faultLine = ({ code, file, key, message }: Finding): string => `  ${code}  ${file}${key === null ? '' : ` ${key}`}: ${message.en} ${message.zh}`;
