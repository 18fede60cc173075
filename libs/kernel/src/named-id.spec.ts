import { customerId, isCaseId, lotId, customerIdFrom } from './index.js';

describe('the address of a lot', () => {
  it('is the same for the same product and lot, in every process and for good', () => {
    expect(lotId('DV-100', 'L-77')).toBe('07609591-fa0f-853b-94e1-d83e5a86fac6');
  });

  it('has the shape of an aggregate id, version 8', () => {
    const id = lotId('输液泵', '20260311');
    expect(isCaseId(id)).toBe(true);
    expect(id).toMatch(/^.{8}-.{4}-8.{3}-[89ab].{3}-.{12}$/);
  });

  it('keeps lots apart whose joined names are alike', () => {
    expect(lotId('A-1', '2')).not.toBe(lotId('A', '1-2'));
    expect(lotId('A', 'B')).not.toBe(lotId('B', 'A'));
  });
});

describe('the id of a customer', () => {
  it('is the same whether a text names the customer by id or by code', () => {
    expect(customerIdFrom('C-0042')).toBe(customerId('C-0042'));
    expect(customerIdFrom(customerId('C-0042'))).toBe(customerId('C-0042'));
    expect(customerIdFrom('C-0043')).not.toBe(customerId('C-0042'));
  });
});
