import { openMemoryStore } from 'aftercare/event-store';
import { streamOf } from 'aftercare/kernel';
import { digestOf, policyBook, POLICY_BOOK_ID, shippedAdoption } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { Commands, DepartmentPolicies, fingerprintWith, States, type CommandCall } from 'aftercare/service-host';
import { uuidv7 } from 'uuidv7';
import { deputies } from './deputy.decide.js';
import { rosterId } from './deputy.js';

const shipped = shippedAdoption();
const document = shipped.document.replace('"version":1,', '"version":2,');
const second = { ...shipped, adoption: 'example@2', version: 2, document, digest: digestOf(document), effectiveFrom: '2026-06-30T16:00:00.000Z' };
const ROSTER = rosterId('sales-vice-president');

it('P001A-04 naming a deputy goes by the policy in force on that day, not when the office had its first one, and the event tells which', async () => {
  let now = Date.parse('2026-06-20T00:00:00.000Z');
  const store = openMemoryStore({ log: 'billing' });
  const commands = new Commands({
    store, states: new States(store), vault: openMemoryVault(), policies: new DepartmentPolicies(store, () => now), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => now,
  });
  const call = (): CommandCall => ({ actor: { id: 'u-manager', role: 'manager' }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null });
  for (const adoption of [shipped, second]) await commands.execute(policyBook, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption }, call());
  for (const day of ['2026-06-20', '2026-07-02']) {
    now = Date.parse(`${day}T00:00:00.000Z`);
    expect(await commands.execute(deputies, ROSTER, { type: 'AppointDeputy', forRole: 'sales-vice-president', deputy: `u-${day}`, from: day, to: day }, call())).toMatchObject({ outcome: 'done' });
  }
  const recorded = await store.readStream(streamOf(deputies, ROSTER), 0, 9);
  expect(recorded.map(({ event }) => [event.type, event.adoption, event.correlationId])).toEqual([['DeputyAppointed', 'example@1', ROSTER], ['DeputyAppointed', 'example@2', ROSTER]]);
  await store.close();
});
