import type { CustomerEvent } from 'aftercare/contracts';
import { everyPair, given, SUBJECT_ID } from 'aftercare/testing';
import type { CustomerCommand } from './customer.js';
import { customer } from './customer.decide.js';

const onFile: CustomerEvent = { type: 'CustomerRegistered', data: { customerId: 'x', subject: SUBJECT_ID, kind: 'retail-pharmacy', region: null } };
const register: CustomerCommand = { type: 'RegisterCustomer', code: 'C-1', kind: 'retail-pharmacy', name: '康民药房', phone: '010-1' };

describe('a customer', () => {
  it('P000-04 is put on file with its kind; name and telephone are personal', () => {
    const then = given(customer).when(register);
    expect(then.events[0]?.data).toMatchObject({ kind: 'retail-pharmacy' });
    expect(then.events[0]?.personal).toEqual({ subject: SUBJECT_ID, fields: { name: '康民药房', phone: '010-1' } });
  });
  it('P001E-19 is graded A, B or C; the same grade again changes nothing', () => {
    const graded = given(customer, onFile).when({ type: 'GradeCustomer', grade: 'A' });
    expect(graded.types).toEqual(['CustomerGraded']);
    expect(given(customer, onFile, ...(graded.events as CustomerEvent[])).when({ type: 'GradeCustomer', grade: 'A' }).types).toEqual([]);
  });
  it('answers every stage x command pair', () => {
    const commands: CustomerCommand[] = [register, { type: 'UpdateCustomerFile', phone: '2' }, { type: 'GradeCustomer', grade: 'B' }];
    expect(everyPair(customer, { new: [], 'on-file': [onFile] }, commands)).toMatchInlineSnapshot(`
{
  "new": {
    "GradeCustomer": "wrong-stage",
    "RegisterCustomer": "CustomerRegistered",
    "UpdateCustomerFile": "wrong-stage",
  },
  "on-file": {
    "GradeCustomer": "CustomerGraded",
    "RegisterCustomer": "wrong-stage",
    "UpdateCustomerFile": "CustomerFileUpdated",
  },
}
`);
  });
});
