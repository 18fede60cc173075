import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { order } from 'aftercare/messaging';
import { digestOf, policyBook, POLICY_BOOK_ID, shippedAdoption, timedAggregate } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { idAt, recorded } from 'aftercare/testing';
import { uuidv7 } from 'uuidv7';
import { executeFor } from '../department/execute-for.js';
import { DepartmentPolicies } from '../policies/department-policies.js';
import { Commands } from './commands.js';
import { fingerprintWith } from './fingerprint.js';
import { States } from './states.js';

const JULY = '2026-06-30T16:00:00.000Z';
const shipped = shippedAdoption();
const document = shipped.document.replace('"version":1,', '"version":2,');
const second = { ...shipped, adoption: 'example@2', version: 2, document, digest: digestOf(document), effectiveFrom: JULY };

type Heard = { readonly type: 'Heard'; readonly data: object };
/** Records that it heard of something; with a policy or, as a warehouse's hold, without. */
const listener = (name: string, keepsPolicy: boolean) => timedAggregate<{ readonly type: 'Hear' }, null, Heard>({
  name, keepsPolicy, initial: null, decide: () => [{ type: 'Heard', data: {} }], evolve: () => null,
  clocks: [], formats: { Heard: { type: 'Heard', schema: 1 } }, stage: () => 'open',
});
const [investigation, hold] = [listener('investigation', true), listener('hold', false)];

describe('the policy version of a case', () => {
  /** Opened in July, so that its id alone would put it under example@2 wherever that is known. */
  const inJuly = idAt('2026-07-01T00:00:00.000Z');
  const inJune = idAt('2026-06-01T00:00:00.000Z');
  let now = 0;
  let store: EventStore;
  let commands: Commands;

  const start = (): void => {
    commands = new Commands({
      store, states: new States(store), vault: openMemoryVault(), policies: new DepartmentPolicies(store, () => now), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => now,
    });
  };
  const byPerson = () => ({ actor: { id: 'u-1', role: 'quality.officer' }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null });
  /** And time goes by until the department looks into its book again. */
  const note = async (adoption: typeof shipped): Promise<void> => {
    await commands.execute(policyBook, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption }, byPerson());
    now += 5_000;
  };
  /** A reaction to an event of intake that belongs to the case and tells a version, or none. */
  const hear = (of: typeof investigation, id: string, caseId: string, adoption?: string, index = 0): Promise<void> => {
    const causation = recorded('complaint-1', { type: 'ComplaintClassified', data: {} }, { log: 'intake', index, id: uuidv7(), correlationId: caseId, ...(adoption !== undefined && { adoption }) });
    return executeFor(commands, order(of, id, { type: 'Hear' }), { commandId: causation.id, causation, inbox: { source: 'intake', index } });
  };
  const kept = async (stream: string): Promise<unknown[]> =>
    (await store.readStream(stream, 0, 99)).flatMap(({ event }) => (event.type === 'PolicyVersionKept' ? [(event.data as { adoption: string }).adoption] : []));
  const told = async (stream: string): Promise<unknown[]> =>
    (await store.readStream(stream, 0, 99)).filter(({ event }) => event.type === 'Heard').map(({ event }) => event.adoption);

  beforeEach(async () => {
    now = Date.parse('2026-07-02T00:00:00.000Z');
    store = openMemoryStore({ log: 'quality' });
    start();
    await note(shipped);
  });
  afterEach(() => store.close());

  it.each([
    ['example@1', inJuly, 'which heard of the adoption late, although ours has it and would take it'],
    ['example@2', inJune, 'although it was not in force when the case was opened'],
  ])('%s, is followed by an investigation as the other department keeps it, %#', async (adoption, caseId) => {
    await note(second);
    await hear(investigation, caseId, caseId, adoption);
    expect([await kept(`investigation-${caseId}`), await told(`investigation-${caseId}`)]).toEqual([[adoption], [adoption]]);
  });

  it('that is not known here yet is waited for: nothing is recorded, and the same message is dealt with once the adoption is noted', async () => {
    const before = await store.head();
    await expect(hear(investigation, inJuly, inJuly, 'example@2')).rejects.toThrow(/^the case is under example@2, whose adoption has not come to quality: .*then retry$/);
    await expect(hear(investigation, inJuly, inJuly, 'example@2')).rejects.toMatchObject({ name: 'NotYet' });
    expect([await store.head(), await store.inboxSeen({ source: 'intake', index: 0 })]).toEqual([before, false]);
    await note(second);
    await hear(investigation, inJuly, inJuly, 'example@2');
    expect([await kept(`investigation-${inJuly}`), await store.inboxSeen({ source: 'intake', index: 0 })]).toEqual([['example@2'], true]);
  });

  it('is not waited for by what keeps no version, such as a hold on a lot, but told on from there, also by a person later', async () => {
    await hear(hold, inJuly, inJuly, 'example@2');
    await commands.execute(hold, inJuly, { type: 'Hear' }, byPerson());
    start();
    await commands.execute(hold, inJuly, { type: 'Hear' }, byPerson());
    expect([await kept(`hold-${inJuly}`), await told(`hold-${inJuly}`)]).toEqual([[], ['example@2', 'example@2', 'example@2']]);
  });

  it('is not lost by a later event of the same case that tells none, and not lent to another case', async () => {
    await hear(hold, 'pallet', inJuly, 'example@2');
    await hear(hold, 'pallet', inJuly, undefined, 1);
    await hear(hold, 'pallet', inJune, undefined, 2);
    expect(await told('hold-pallet')).toEqual(['example@2', 'example@2', undefined]);
  });

  it('is that of the stream once it has one, whatever a later event tells', async () => {
    await note(second);
    await hear(investigation, inJuly, inJuly, 'example@1');
    await hear(investigation, inJuly, inJuly, 'example@2', 1);
    expect([await kept(`investigation-${inJuly}`), await told(`investigation-${inJuly}`)]).toEqual([['example@1'], ['example@1', 'example@1']]);
  });

  it('does not become that of another case whose lot it is, too', async () => {
    await note(second);
    await hear(investigation, 'lot', inJune, 'example@1');
    await hear(investigation, 'lot', inJuly, 'example@2', 1);
    await commands.execute(investigation, 'lot', { type: 'Hear' }, byPerson());
    await hear(investigation, 'lot', inJune, 'example@1', 2);
    expect(await kept('investigation-lot')).toEqual(['example@1']);
    expect(await told('investigation-lot')).toEqual(['example@1', 'example@2', 'example@2', 'example@1']);
  });

  it('is by the day the case was opened where nothing was told, as by a record of before or a person', async () => {
    await note(second);
    await hear(investigation, inJuly, inJuly);
    await commands.execute(investigation, inJune, { type: 'Hear' }, byPerson());
    await hear(hold, inJuly, inJuly);
    expect([await told(`investigation-${inJuly}`), await told(`investigation-${inJune}`), await told(`hold-${inJuly}`)]).toEqual([['example@2'], ['example@1'], [undefined]]);
  });
});
