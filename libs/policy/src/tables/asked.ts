import type { ColumnType, TableEntry } from '../pack/pack.schema.js';
import type { TableKey } from '../what-is-read.js';

/**
 * What the program tells a table and what it takes from it. A company may write its own rows; a column that nobody
 * ever fills would leave every case undetermined, and a word that nobody understands would decide nothing.
 */
interface Asked {
  readonly given: Readonly<Record<string, ColumnType>>;
  readonly taken: Readonly<Record<string, { readonly type: ColumnType; readonly words?: readonly string[] }>>;
}

const approver = { approver: { type: 'word', words: ['billing.after-sales-manager', 'billing.sales-vice-president', 'billing.general-manager'] } } as const;
const duty = { duty: { type: 'word', words: ['death', 'serious', 'other', 'none'] } } as const;
const reaction = { given: { seriousness: 'word', expectedness: 'word' }, taken: duty } as const;

/** `exception`: refused, short of the leader's; `refuse`: not even that. */
const eligible = { decision: { type: 'word', words: ['accept', 'exception', 'refuse'] } } as const;

const ASKED: Readonly<Partial<Record<TableKey, Asked>>> = {
  'billing.price_approval.bands': { given: { price: 'money' }, taken: approver },
  'billing.waiver.bands': { given: { price: 'money', cost: 'money' }, taken: approver },
  'adr.reportability': reaction,
  'device_event.reportability': reaction,
  'triage.severity': {
    given: { regulatoryInspection: 'flag', publicExposure: 'flag', loss: 'money' }, taken: { severity: { type: 'word', words: ['major', 'ordinary'] } },
  },
  'quality.grade_criteria': {
    given: { productLine: 'word', curedBy: 'word', effect: 'word' },
    taken: { grade: { type: 'word', words: ['ordinary', 'major'] }, treatment: { type: 'word', words: ['on-site', 'after-head-approval'] } },
  },
  'return.signatories': { given: { step: 'word', signer: 'word', reason: 'word' }, taken: { roles: { type: 'roles' } } },
  'return.eligibility': { given: { reason: 'word', withinRate: 'flag', withinWindow: 'flag' }, taken: eligible },
  'return.eligibility.quality': { given: { reason: 'word', verdict: 'word', lotExpired: 'flag' }, taken: eligible },
  'complaint.routing': { given: { class: 'word', urgency: 'word' }, taken: { to: { type: 'roles' } } },
};

/** Sentences about what the program cannot do with this table; none for a table that the program does not read. */
export function misfits(key: string, { inputs, outputs, value }: TableEntry): readonly string[] {
  const asked = Object.hasOwn(ASKED, key) ? ASKED[key as TableKey] : undefined;
  if (!asked) return [];
  const wrongInputs = Object.entries(inputs).filter(([name, type]) => !Object.hasOwn(asked.given, name) || asked.given[name] !== type)
    .map(([name, type]) => `input ${name} of type ${type} is nothing that is known when it is asked: ${list(asked.given)}`);
  const wrongOutputs = Object.entries(asked.taken).flatMap(([name, { type, words }]) => {
    if (!Object.hasOwn(outputs, name) || outputs[name] !== type) return [`output ${name} of type ${type} is missing`];
    return (value ?? []).flatMap(({ id, then }) => (then === null || words === undefined || words.includes(String(then[name])) ? [] : [`row ${id}: ${name} must be one of ${words.join(', ')}`]));
  });
  return [...wrongInputs, ...wrongOutputs];
}

const list = (columns: Readonly<Record<string, ColumnType>>): string => Object.entries(columns).map(([name, type]) => `${name} (${type})`).join(', ');
