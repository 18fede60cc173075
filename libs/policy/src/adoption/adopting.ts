import { policyBookEvents, type PolicyBookEvent } from 'aftercare/contracts';
import { namedId, refuse, type Aggregate, type Decision, type DecisionContext, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from '../policy-set.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { digestOf, type AdoptionDocument } from './document.js';

/** The one stream of a department's log that holds every adoption it knows of. */
export const POLICY_BOOK_ID = namedId('policy-book');
/**
 * Between an adoption and its first case there is at least this long, so that every department has heard of it by
 * then: all of them look into their books more often.
 */
const NOTICE_MS = 10_000;

type Adoption = Omit<Extract<PolicyBookEvent, { type: 'PolicyAdoptionNoted' }>['data'], 'noticedLate'>;

/** Given by a person in the registry; the text was found sound before. */
export interface AdoptPolicy { readonly type: 'AdoptPolicy'; readonly text: string; readonly why: string }
/** Given by the reaction to an adoption, and at the first start for the policy that the program brings along. */
export interface NoteAdoption { readonly type: 'NoteAdoption'; readonly adoption: Adoption }
export type PolicyBookCommand = AdoptPolicy | NoteAdoption;

type Known = Pick<Adoption, 'adoption' | 'id' | 'version' | 'digest'>;
export interface PolicyBookState { readonly known: readonly Known[] }

function decide(command: PolicyBookCommand, { known }: PolicyBookState, context: DecisionContext<PolicySet>): Decision<PolicyBookEvent> {
  if (command.type === 'NoteAdoption') {
    const { adoption } = command;
    const noted = known.find((before) => before.adoption === adoption.adoption);
    if (noted) return noted.digest === adoption.digest ? [] : alreadyAdopted(adoption.adoption);
    // Not for what a department learns as it is set up: nothing was opened under anything else before.
    const noticedLate = known.length > 0 && adoption.effectiveFrom < context.now;
    return [{ type: 'PolicyAdoptionNoted', data: { ...adoption, noticedLate } }];
  }
  const adoption = adoptionOf(command.text, context);
  const before = known.find(({ adoption: name }) => name === adoption.adoption);
  if (before) return before.digest === adoption.digest ? [] : alreadyAdopted(adoption.adoption);
  return anAdoptionFollowsTheOneBefore(adoption, known) ?? anAdoptionDoesNotReachBack(adoption, context)
    ?? [{ type: 'PolicyAdopted', data: { ...adoption, signer: context.actor.id, signerRole: context.actor.role, why: command.why } }];
}

/** What the event says about a document, none of it taken from anywhere else. */
export function adoptionOf(text: string, { now, policy }: Pick<DecisionContext<PolicySet>, 'now' | 'policy'>): Adoption {
  const { company, packs } = JSON.parse(text) as AdoptionDocument;
  const { id, version, validFrom, validTo } = company;
  return {
    adoption: `${id}@${version}`, id, version, digest: digestOf(text), validFrom, validTo, document: text,
    effectiveFrom: effectiveFrom(company, now, policy), packs: packs.map((pack) => `${pack.id}@${pack.version}`),
  };
}

/** The first instant of the day, in the business zone; a day that has begun already begins after the notice. */
function effectiveFrom({ validFrom }: CompanyPolicy, now: string, { calendar }: PolicySet): string {
  const noon = `${validFrom}T12:00:00.000Z`;
  // Twelve hours and more east of UTC that is the next day already, and the adoption would begin a day late.
  const within = calendar.localDate(noon) === validFrom ? noon : `${validFrom}T00:00:00.000Z`;
  const { at } = calendar.due({ value: 0, unit: 'day', calendar: 'cut-off', at: '00:00' }, within);
  const soonest = new Date(Date.parse(now) + NOTICE_MS).toISOString();
  return at === null || at < soonest ? soonest : at;
}

function alreadyAdopted(name: string): Refusal {
  return refuse('adopted-with-other-content', {
    zh: `${name} 已经以其他内容采用；已采用的政策不可更改，请改用新的版本号。`,
    en: `${name} was adopted with other content; what was adopted is never changed: give the file a new version number.`,
  }, { field: 'company.version' });
}

function anAdoptionFollowsTheOneBefore({ id, version }: Adoption, known: readonly Known[]): Refusal | null {
  const last = Math.max(0, ...known.filter((before) => before.id === id).map((before) => before.version));
  if (version > last) return null;
  return refuse('version-not-next', {
    zh: `${id} 的最近版本是 ${last}，新版本号必须更大。`, en: `The last version of ${id} is ${last}; a new one needs a greater number.`,
  }, { field: 'company.version' });
}

/** Cases of yesterday were decided under what was in force yesterday; nobody changes that afterwards. */
function anAdoptionDoesNotReachBack({ validFrom, validTo }: Adoption, { now, policy }: DecisionContext<PolicySet>): Refusal | null {
  const today = policy.calendar.localDate(now);
  if (validFrom < today) {
    return refuse('valid-from-past', {
      zh: `生效日期 ${validFrom} 早于今天 ${today}；政策不能追溯生效，请改为今天或以后的日期。`, en: `Valid from ${validFrom} lies before today, ${today}; a policy does not reach back: give today or a later day.`,
    }, { field: 'company.validFrom' });
  }
  if (validTo === null || validTo >= validFrom) return null;
  return refuse('valid-to-before-from', {
    zh: `失效日期 ${validTo} 早于生效日期 ${validFrom}。`, en: `Valid to ${validTo} lies before valid from ${validFrom}.`,
  }, { field: 'company.validTo' });
}

function evolve(state: PolicyBookState, { data: { adoption, id, version, digest } }: PolicyBookEvent): PolicyBookState {
  return { known: [...state.known, { adoption, id, version, digest }] };
}

/** `policyBook` is part of a stream name: renaming it would orphan recorded adoptions. */
export const policyBook: Aggregate<PolicyBookCommand, PolicyBookState, PolicyBookEvent, PolicySet> = {
  name: 'policyBook', decider: { initial: { known: [] }, decide, evolve }, stage: ({ known }) => known.at(-1)?.adoption ?? 'empty',
  formats: { PolicyAdoptionNoted: policyBookEvents.PolicyAdoptionNoted },
};

/** The registry's own book: the only place where an adoption is decided. */
export const adoptingPolicyBook: typeof policyBook = { ...policyBook, formats: policyBookEvents };
