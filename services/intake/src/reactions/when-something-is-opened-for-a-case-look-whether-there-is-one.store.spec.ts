import 'reflect-metadata';
import type { ApprovalProposed, CostAttributed, EventOf, ItemTakenForRepair } from 'aftercare/contracts';
import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { cny, type Aggregate } from 'aftercare/kernel';
import type { Reaction, ReactionCommand } from 'aftercare/messaging';
import { policySet, type PolicySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { alwaysBy, CaseFiles, Commands, fingerprintWith, States, type Outcome } from 'aftercare/service-host';
import { idAt, opened } from 'aftercare/testing';
import { uuidv7 } from 'uuidv7';
import { complaint } from '../complaint/complaint.decide.js';
import { inquiry } from '../inquiry/inquiry.decide.js';
import { suggestion } from '../suggestion/suggestion.decide.js';
import { WhenSomethingIsOpenedForACaseLookWhetherThereIsOne } from './when-something-is-opened-for-a-case-look-whether-there-is-one.js';

const NOW = '2026-03-11T06:00:00.000Z';
const NOBODYS = idAt('2026-03-02T01:30:00.000Z');
const fee = (caseId: string | null, kind: 'service-fee' | 'compensation' = 'service-fee') => opened<EventOf<typeof ApprovalProposed>>('approval-a', {
  type: 'ApprovalProposed',
  data: { caseId, round: 1, kind, amount: cny(80_000), customerId: null, requester: 'u', returnId: null, approverRole: null, subject: 's' },
});
const cost = (caseId: string) => opened<EventOf<typeof CostAttributed>>('cost-a', {
  type: 'CostAttributed', data: { returnId: 'r', caseId, amount: cny(3_000), payer: 'carrier', subject: 's' },
});
const repair = (caseId: string) => opened<EventOf<typeof ItemTakenForRepair>>('repairItem-a', {
  type: 'ItemTakenForRepair', data: { caseId, subject: 's', customerId: 'k-1', productCode: 'DV-100', serial: null, courier: 'u' },
});

describe('what a person opened elsewhere for a case', () => {
  let store: EventStore;
  let commands: Commands;
  let reaction: WhenSomethingIsOpenedForACaseLookWhetherThereIsOne;

  beforeEach(() => {
    store = openMemoryStore({ log: 'intake' });
    const vault = openMemoryVault();
    commands = new Commands({ store, states: new States(store), vault, policies: alwaysBy(policySet()), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => Date.parse(NOW) });
    reaction = new WhenSomethingIsOpenedForACaseLookWhetherThereIsOne(new CaseFiles(store, vault));
  });
  afterEach(() => store.close());

  const execute = (of: unknown, id: string, command: { readonly type: string }): Promise<Outcome> => commands.execute(of as Aggregate<{ readonly type: string }, unknown, never, PolicySet>, id, command, {
    actor: { id: 'u-1', role: 'intake.clerk' }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null,
  });
  const begun = async (of: unknown, command: { readonly type: string }): Promise<string> => {
    const id = uuidv7();
    expect(await execute(of, id, command)).toMatchObject({ outcome: 'done' });
    return id;
  };
  /** As the inbox does it: every command the reaction wants. */
  const outcomes = async (answer: Promise<Reaction> | undefined): Promise<Outcome[]> => {
    const wanted = [(await answer) ?? []].flat() as ReactionCommand[];
    return Promise.all(wanted.map(({ aggregate, id, command }) => execute(aggregate, id, command)));
  };
  const complains = () => begun(complaint, { type: 'RegisterComplaint', channel: 'hotline', awareAt: NOW, locality: 'local', complainant: 'c', subject: 's', demand: 'd' } as { readonly type: string });

  it('is told to a person where no case has the id, with the record and what to do', async () => {
    const refused = (event: string) => [expect.objectContaining({ outcome: 'refused', refusal: expect.objectContaining({
      refused: 'unknown-case', field: 'caseId', message: { zh: expect.stringContaining(NOBODYS) as string, en: expect.stringMatching(`no case ${NOBODYS}, and ${event} was opened for it.*Open it again for the right case`) as string },
    }) as unknown })];
    expect(await outcomes(reaction.proposed(fee(NOBODYS)))).toEqual(refused('elsewhere.ApprovalProposed'));
    expect(await outcomes(reaction.attributed(cost(NOBODYS)))).toEqual(refused('elsewhere.CostAttributed'));
    expect(await outcomes(reaction.charged(cost(NOBODYS)))).toHaveLength(1);
    expect(await outcomes(reaction.taken(repair(NOBODYS)))).toEqual(refused('elsewhere.ItemTakenForRepair'));
    expect(await store.head()).toBe(0);
  });

  it('is in order, and records nothing, where it is for a complaint, an inquiry or a suggestion', async () => {
    const cases = [
      await complains(),
      await begun(inquiry, { type: 'ReceiveInquiry', channel: 'hotline', awareAt: NOW, inquirer: 'i', question: 'q' } as { readonly type: string }),
      await begun(suggestion, { type: 'ReceiveSuggestion', channel: 'hotline', heardAt: NOW, suggester: 'p', suggestion: 's' } as { readonly type: string }),
    ];
    const head = await store.head();
    for (const id of cases) {
      for (const { outcome } of await outcomes(reaction.proposed(fee(id)))) expect(outcome).toBe('done');
      for (const { outcome } of await outcomes(reaction.taken(repair(id)))) expect(outcome).toBe('done');
    }
    expect(await store.head()).toBe(head);
  });

  it('is dealt with by a retry once the case is there', async () => {
    const id = uuidv7();
    expect(await outcomes(reaction.proposed(fee(id)))).toMatchObject([{ outcome: 'refused' }]);
    await execute(complaint, id, { type: 'RegisterComplaint', channel: 'hotline', awareAt: NOW, locality: 'local', complainant: 'c', subject: 's', demand: 'd' } as { readonly type: string });
    expect(await outcomes(reaction.proposed(fee(id)))).toMatchObject([{ outcome: 'done' }]);
  });

  it('is not looked at where it is for no case, or comes from a plan', async () => {
    expect([await reaction.proposed(fee(null)), await reaction.proposed(fee(NOBODYS, 'compensation'))]).toEqual([undefined, undefined]);
  });
});
