import 'reflect-metadata';
import { declaredRoutes } from 'aftercare/access';
import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { cny, OPENED_CASE, type Aggregate } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { alwaysBy, CommandDesk, Commands, dtoSchemas, fingerprintWith, inputValidation, States, type CommandCall, type CommandReceipt } from 'aftercare/service-host';
import { idAt } from 'aftercare/testing';
import { uuidv7 } from 'uuidv7';
import { repairItem } from '../../services/logistics/src/repair-item/repair-item.decide.js';
import { DEPARTMENTS } from './contracts/departments.js';

const NOW = Date.parse('2026-03-11T06:00:00.000Z');
const CASE = idAt('2026-03-02T01:30:00.000Z');
const call: CommandCall = { actor: { id: 'u-1', role: 'manager' }, commandId: '', expectedVersion: null, onBehalfOf: null, reason: null };

type Form = new () => object;
interface Opening { readonly department: string; readonly controller: new () => object; readonly handler: string; readonly form: Form }

/** Every route of every department that takes a body with a `caseId`. */
const OPENINGS: readonly Opening[] = DEPARTMENTS.flatMap(({ name, controllers }) => declaredRoutes(controllers).flatMap(({ type, handler, method }) => {
  const parameters = (Reflect.getMetadata('design:paramtypes', type.prototype as object, handler) ?? []) as readonly Form[];
  const form = method === 'POST' ? parameters.find((parameter) => 'caseId' in (schemaOf(parameter)?.properties ?? {})) : undefined;
  return form ? [{ department: name, controller: type as new () => object, handler, form }] : [];
}));

function schemaOf(form: Form) {
  return [Object, String, Number, Boolean, Array].includes(form as never) ? undefined : dtoSchemas(form).get(form.name);
}

/** A body of each form without the case. A new form has to be added here. */
const BODIES: Readonly<Record<string, object>> = {
  ProposeServiceFee: { amount: cny(80_000), grounds: '超保修期' },
  RecordReturnCost: { returnId: uuidv7(), kind: 'other', temporary: false, amount: cny(3_000), responsible: 'carrier' },
  TakeForRepair: { customerId: 'k-1', productCode: 'DV-100' },
};

describe('what a person opens for a case', () => {
  let store: EventStore;
  let commands: Commands;

  beforeEach(() => {
    store = openMemoryStore({ log: 'any' });
    commands = new Commands({ store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => NOW });
  });
  afterEach(() => store.close());

  /** As the route does it: the checks of the form, then the controller's own method. */
  const post = async ({ controller, handler, form }: Opening, body: object): Promise<CommandReceipt> => {
    const checked: unknown = inputValidation().transform(body, { type: 'body', metatype: form });
    const at = Object.assign(Object.create(controller.prototype as object) as object, { desk: new CommandDesk(commands) }) as Readonly<Record<string, (body: unknown, call: CommandCall) => Promise<CommandReceipt>>>;
    return await at[handler]?.(checked, { ...call, commandId: uuidv7() }) as CommandReceipt;
  };
  const bodyOf = ({ form }: Opening): object => BODIES[form.name] ?? {};
  const each = OPENINGS.map((opening) => [`${opening.department} ${opening.form.name}`, opening] as const);

  it('is opened by these forms, and each has a body here', () => {
    expect(OPENINGS.map(({ form }) => form.name).sort()).toEqual(Object.keys(BODIES).sort());
  });

  it.each(each)('%s belongs to the case that it names, with everything recorded', async (_, opening) => {
    await post(opening, { ...bodyOf(opening), caseId: CASE });
    const recorded = (await store.readLog(0, 99)).map(({ event }) => event.correlationId);
    expect([recorded.length > 0, new Set(recorded)]).toEqual([true, new Set([CASE])]);
  });

  it.each(each)('%s is a case of its own where it names none', async (_, opening) => {
    const { id } = await post(opening, bodyOf(opening));
    expect(new Set((await store.readLog(0, 99)).map(({ event }) => event.correlationId))).toEqual(new Set([id]));
  });

  it.each(each)('%s is answered with 400 and what to write where that is no id of a case', async (_, opening) => {
    for (const caseId of ['CMP-2026-7K3F-Q9XB', `${CASE}.1`, CASE.toUpperCase(), '5d9f1c1e-0c3b-4a52-9f6e-2f1f0c9d6a10', 'k-1', '']) {
      await expect(post(opening, { ...bodyOf(opening), caseId })).rejects.toMatchObject({
        problem: { status: 400, field: 'caseId', errors: [{ rule: 'matches', message: expect.stringMatching(/UUIDv7.*CMP- number/) as string }] },
      });
    }
    await expect(post(opening, { ...bodyOf(opening), caseId: idAt('2027-01-01T00:00:00.000Z') })).rejects.toMatchObject({ problem: { status: 400, code: 'not-a-case-id', field: 'caseId' } });
    expect(await store.readLog(0, 9)).toEqual([]);
    expect(schemaOf(opening.form)?.properties?.['caseId']).toMatchObject({ pattern: OPENED_CASE.source });
  });

  it('does not move what exists: a later command, or a reaction, keeps to the case it has', async () => {
    const opening = OPENINGS.find(({ form }) => form.name === 'TakeForRepair');
    if (!opening) throw new Error('no such form');
    const { id } = await post(opening, { ...bodyOf(opening), caseId: CASE });
    const of = repairItem as unknown as Aggregate<{ readonly type: string }, unknown, never, PolicySet>;
    const other = idAt('2026-03-03T01:30:00.000Z');
    await commands.execute(of, id, { type: 'HandOverForRepair', receivedBy: 'u-2', caseId: other } as { readonly type: string }, { ...call, commandId: uuidv7() });
    await commands.execute(of, uuidv7(), { type: 'TakeForRepair', ...bodyOf(opening), caseId: CASE } as { readonly type: string }, { ...call, commandId: uuidv7(), cause: { eventId: uuidv7(), correlationId: other } });
    expect((await store.readLog(0, 99)).map(({ event }) => [event.type, event.correlationId])).toEqual([
      ['ItemTakenForRepair', CASE], ['RepairItemHandedOver', CASE], ['ItemTakenForRepair', other],
    ]);
  });
});
