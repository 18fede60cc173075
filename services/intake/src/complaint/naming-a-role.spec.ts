import 'reflect-metadata';
import { ROLE_NAMES } from 'aftercare/access';
import { HttpProblem, inputValidation } from 'aftercare/service-host';
import { ComplaintController } from './complaint.controller.js';

type Form = new () => object;

/** What the route takes, found as Nest finds it: at the parameter of the controller. */
const formOf = (handler: keyof ComplaintController): Form => (Reflect.getMetadata('design:paramtypes', ComplaintController.prototype, handler) as readonly Form[])[1] as Form;
function sent(to: unknown): unknown {
  try {
    return inputValidation().transform({ to, reasoning: '大客户' }, { type: 'body', metatype: formOf('decideRouting') });
  } catch (error) {
    return error instanceof HttpProblem ? error.problem : error;
  }
}

describe('P003-33 a person who says whom a complaint is reported to', () => {
  it.each(ROLE_NAMES)('may name %s', (to) => {
    expect(sent(to)).toEqual({ to, reasoning: '大客户' });
  });

  it.each(['nobody.such', 'intake', '', 'constructor', 5, null])('may not name %j, which no account can hold', (to) => {
    expect(sent(to)).toMatchObject({ status: 400, code: 'invalid-input', field: 'to' });
  });

  it('is told the role that was most likely meant, and every other', () => {
    const says = sent('inteke.head') as { readonly detail: { readonly zh: string; readonly en: string } };
    expect(says.detail.en).toMatch(/^to is not known: write intake\.head\?/);
    expect(says.detail.zh).toMatch(/^to：应为 intake\.head？/);
    for (const role of ROLE_NAMES) expect(says.detail.en).toContain(role);
  });
});
