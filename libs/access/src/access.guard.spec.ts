import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessGuard, type RequestCaller } from './access.guard.js';
import { Permit } from './permit.js';
import type { Role } from './roles.js';

class Approvals {
  @Permit('billing.after-sales-manager', 'billing.sales-vice-president')
  approve(): void {}
}

const roles: readonly Role[] = ['billing.after-sales-manager', 'billing.sales-vice-president', 'auditor'];
const guard = new AccessGuard(new Reflector(), { verify: async () => ({ id: 'u-1', roles }) } as never);

async function actsAs(wanted?: string): Promise<string> {
  const request: { headers: object; caller?: RequestCaller } = { headers: { authorization: 'Bearer aaaa.bbbb.cccc', ...(wanted && { 'aftercare-role': wanted }) } };
  const context = {
    getType: () => 'http', getHandler: () => Approvals.prototype.approve, getClass: () => Approvals, switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  return guard.canActivate(context).then(() => request.caller?.role ?? 'nobody', (error: { code: string }) => error.code);
}

describe('an account with several roles', () => {
  it('acts in the first one that the route permits, or in the one it names', async () => {
    expect([await actsAs(), await actsAs('billing.sales-vice-president')]).toEqual(['billing.after-sales-manager', 'billing.sales-vice-president']);
  });
  it('may name only a role that it holds and the route permits', async () => {
    expect([await actsAs('auditor'), await actsAs('billing.general-manager'), await actsAs('x')]).toEqual(Array(3).fill('role-not-permitted'));
  });
});
