import { APPROVER_ROLES } from 'aftercare/contracts';
import { SIGNING_ORDERS } from '../approvals/authority.js';
import type { ColumnType, TableEntry } from '../pack/pack.schema.js';
import type { TableKey } from '../what-is-read.js';

/**
 * What the program tells a table and what it takes from it. A company may write its own rows; a column that nobody
 * ever fills would leave every case undetermined, and a word that nobody understands would decide nothing.
 */
interface Asked {
  readonly given: Readonly<Record<string, ColumnType>>;
  readonly taken: Taken;
  /** Other sets of outputs that the program can take instead; a table that has all columns of one is held to it. */
  readonly or?: readonly Taken[];
}

type Taken = Readonly<Record<string, { readonly type: ColumnType; readonly words?: readonly string[]; readonly most?: number }>>;

/** Who may sign for money at all, as billing knows them. */
const APPROVERS = APPROVER_ROLES.map((role) => `billing.${role}`);
const approver: Taken = { approver: { type: 'word', words: APPROVERS } };
const order: Taken = { order: { type: 'word', words: SIGNING_ORDERS } };
const proposing = (...words: readonly string[]): Taken => ({ proposal: { type: 'word', words } });
const duty = { duty: { type: 'word', words: ['death', 'serious', 'other', 'none'] } } as const;
const reaction = { given: { seriousness: 'word', expectedness: 'word' }, taken: duty } as const;

/** `exception`: refused, short of the leader's; `refuse`: not even that. */
const eligible = { decision: { type: 'word', words: ['accept', 'exception', 'refuse'] } } as const;

const ASKED: Readonly<Record<TableKey, Asked>> = {
  'billing.price_approval.bands': { given: { price: 'money' }, taken: approver },
  'billing.waiver.bands': { given: { price: 'money', cost: 'money' }, taken: approver },
  'approval.authority_matrix': {
    given: { kind: 'word', amount: 'money', cost: 'money' }, taken: { signers: { type: 'roles', words: APPROVERS }, ...order },
    or: [{ ...approver, ...order }, approver, { signers: { type: 'roles', words: APPROVERS, most: 1 } }],
  },
  // Without the outputs that are read a fine would be proposed with no amount, and a dismissal or an award never.
  'performance.fine.complaint_count': { given: { count: 'integer' }, taken: { fine: { type: 'money' }, publicCriticism: { type: 'flag' } } },
  'performance.dismissal.complaint_count': { given: { count: 'integer', grave: 'flag' }, taken: proposing('dismissal', 'none') },
  'performance.award.zero_complaints': { given: { count: 'integer' }, taken: proposing('year-end-award', 'none') },
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

/** Every table of the program has its line; a test holds the two lists together. */
export const TABLES_ASKED: readonly string[] = Object.keys(ASKED);

/** Sentences about what the program cannot do with this table; none for a table that the program does not read. */
export function misfits(key: string, { inputs, outputs, value }: TableEntry): readonly string[] {
  const asked = Object.hasOwn(ASKED, key) ? ASKED[key as TableKey] : undefined;
  if (!asked) return [];
  const wrongInputs = Object.entries(inputs).filter(([name, type]) => !Object.hasOwn(asked.given, name) || asked.given[name] !== type)
    .map(([name, type]) => `input ${name} of type ${type} is nothing that is known when it is asked: ${list(asked.given)}`);
  const taken = [asked.taken, ...(asked.or ?? [])].find((one) => Object.keys(one).every((name) => Object.hasOwn(outputs, name))) ?? asked.taken;
  const wrongOutputs = Object.entries(taken).flatMap(([name, { type, words, most }]) => {
    if (!Object.hasOwn(outputs, name) || outputs[name] !== type) return [`output ${name} of type ${type} is missing`];
    return (value ?? []).flatMap(({ id, then }) => {
      const said = then === null ? [] : [then[name] ?? []].flat().map(String);
      if (most !== undefined && said.length > most) return [`row ${id}: ${name} names several and no output order says in which order they sign`];
      return words === undefined || said.every((one) => words.includes(one)) ? [] : [`row ${id}: ${name} must be one of ${words.join(', ')}`];
    });
  });
  return [...wrongInputs, ...wrongOutputs];
}

const list = (columns: Readonly<Record<string, ColumnType>>): string => Object.entries(columns).map(([name, type]) => `${name} (${type})`).join(', ');
