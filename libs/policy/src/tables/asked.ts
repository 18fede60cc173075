import {
  APPROVAL_KINDS, APPROVER_ROLES, AWARD_ANSWERS, COMPLAINT_CLASSES, COMPLAINT_SEVERITIES, DISMISSAL_ANSWERS, ELIGIBILITY_ANSWERS, EXPECTEDNESS, PROBLEM_GRADES, REPORTING_DUTIES,
  RETURN_REASONS, SERIOUSNESS, SIGNERS, SIGNING_STEPS, TREATMENTS, URGENCIES, VERDICTS_ASKED,
} from 'aftercare/contracts';
import type { Bilingual } from 'aftercare/kernel';
import { SIGNING_ORDERS } from '../approvals/authority.js';
import type { ColumnType, TableEntry } from '../pack/pack.schema.js';
import type { TableInputs } from '../terms.js';
import type { TableKey } from '../what-is-read.js';

/**
 * What the program tells a table and what it takes from it. A company may write its own rows; a column that nobody
 * ever fills would leave every case undetermined, and a word that nobody understands would decide nothing.
 */
export interface Asked {
  readonly given: Readonly<Record<string, Given>>;
  readonly taken: Taken;
  /** Other sets of outputs that the program can take instead; a table that has all columns of one is held to it. */
  readonly or?: readonly Taken[];
}

/**
 * Every word that the asking code can give stands here, from the same list that the code is held to; `open` where a
 * person writes the word freely and a company has its own.
 */
export type Given = { readonly type: Exclude<ColumnType, 'word' | 'roles'> } | { readonly type: 'word'; readonly words: readonly string[] | 'open' };

export type Taken = Readonly<Record<string, { readonly type: ColumnType; readonly words?: readonly string[]; readonly most?: number }>>;

const money = { type: 'money' } as const;
const integer = { type: 'integer' } as const;
const flag = { type: 'flag' } as const;
const open = { type: 'word', words: 'open' } as const;
const oneOf = <const V extends readonly string[]>(words: V) => ({ type: 'word', words }) as const;

/** Who may sign for money at all, as billing knows them. */
const APPROVERS = APPROVER_ROLES.map((role) => `billing.${role}` as const);
const approver = { approver: oneOf(APPROVERS) } as const;
const order = { order: oneOf(SIGNING_ORDERS) } as const;
const reaction = { given: { seriousness: oneOf(SERIOUSNESS), expectedness: oneOf(EXPECTEDNESS) }, taken: { duty: oneOf(REPORTING_DUTIES) } } as const;

const eligible = { decision: oneOf(ELIGIBILITY_ANSWERS) } as const;

export const ASKED = {
  'billing.price_approval.bands': { given: { price: money }, taken: approver },
  'billing.waiver.bands': { given: { price: money, cost: money }, taken: approver },
  'approval.authority_matrix': {
    given: { kind: oneOf(APPROVAL_KINDS), amount: money, cost: money }, taken: { signers: { type: 'roles', words: APPROVERS }, ...order },
    or: [{ ...approver, ...order }, approver, { signers: { type: 'roles', words: APPROVERS, most: 1 } }],
  },
  // Without the outputs that are read a fine would be proposed with no amount, and a dismissal or an award never.
  'performance.fine.complaint_count': { given: { count: integer }, taken: { fine: money, publicCriticism: flag } },
  'performance.dismissal.complaint_count': { given: { count: integer, grave: flag }, taken: { proposal: oneOf(DISMISSAL_ANSWERS) } },
  'performance.award.zero_complaints': { given: { count: integer }, taken: { proposal: oneOf(AWARD_ANSWERS) } },
  'adr.reportability': reaction,
  'device_event.reportability': reaction,
  'triage.severity': { given: { regulatoryInspection: flag, publicExposure: flag, loss: money }, taken: { severity: oneOf(COMPLAINT_SEVERITIES) } },
  'quality.grade_criteria': { given: { productLine: open, curedBy: open, effect: open }, taken: { grade: oneOf(PROBLEM_GRADES), treatment: oneOf(TREATMENTS) } },
  'return.signatories': { given: { step: oneOf(SIGNING_STEPS), signer: oneOf(SIGNERS), reason: oneOf(RETURN_REASONS) }, taken: { roles: { type: 'roles' } } },
  'return.eligibility': { given: { reason: oneOf(RETURN_REASONS), withinRate: flag, withinWindow: flag }, taken: eligible },
  'return.eligibility.quality': { given: { reason: oneOf(RETURN_REASONS), verdict: oneOf(VERDICTS_ASKED), lotExpired: flag }, taken: eligible },
  'complaint.routing': { given: { class: oneOf(COMPLAINT_CLASSES), urgency: oneOf(URGENCIES) }, taken: { to: { type: 'roles' } } },
} as const satisfies Readonly<Record<TableKey, Asked>>;

/** Every table of the program has its line; a test holds the two lists together. */
export const TABLES_ASKED: readonly string[] = Object.keys(ASKED);

type Value<G> = G extends { readonly words: readonly (infer W)[] } ? W : G extends { readonly type: 'word' } ? string : G extends { readonly type: 'flag' } ? boolean : number;
type Told<G> = { readonly [Name in keyof G]: Value<G[Name]> | null };

/**
 * What a department has to tell a table when it asks it, money in minor units (分): a word of no vocabulary does not
 * compile. Who asks any table again, such as a simulation, tells what was recorded.
 */
export type InputsOf<K extends TableKey> = TableInputs & (TableKey extends K ? unknown : Told<(typeof ASKED)[K]['given']>);

export function askedOf(key: string): Asked | undefined {
  return Object.hasOwn(ASKED, key) ? ASKED[key as TableKey] : undefined;
}

/** The set of outputs that the program takes from a table with these columns. */
export function takenFrom({ taken, or = [] }: Asked, outputs: TableEntry['outputs']): Taken {
  return [taken, ...or].find((one) => Object.keys(one).every((name) => Object.hasOwn(outputs, name))) ?? taken;
}

/** Sentences about columns that the program cannot use; none for a table that the program does not read. */
export function misfits(key: string, { inputs, outputs, value }: TableEntry): readonly Bilingual[] {
  const asked = askedOf(key);
  if (!asked) return [];
  const wrongInputs = Object.entries(inputs).filter(([name, type]) => !Object.hasOwn(asked.given, name) || asked.given[name]?.type !== type)
    .map(([name, type]) => ({ zh: `输入列 ${name}（${type}）在查表时并无此值；可用：${list(asked.given)}`, en: `input ${name} of type ${type} is nothing that is known when it is asked: ${list(asked.given)}` }));
  const wrongOutputs = Object.entries(takenFrom(asked, outputs)).flatMap(([name, { type, most }]) => {
    if (!Object.hasOwn(outputs, name) || outputs[name] !== type) return [{ zh: `缺少结果列 ${name}（${type}）：请写出`, en: `output ${name} of type ${type} is missing` }];
    return (value ?? []).filter(({ then }) => most !== undefined && then !== null && [then[name] ?? []].flat().length > most)
      .map(({ id }) => ({ zh: `行 ${id}：${name} 列了多个角色，却没有结果列 order 说明签字顺序`, en: `row ${id}: ${name} names several and no output order says in which order they sign` }));
  });
  return [...wrongInputs, ...wrongOutputs];
}

const list = (columns: Readonly<Record<string, Given>>): string => Object.entries(columns).map(([name, { type }]) => `${name} (${type})`).join(', ');
