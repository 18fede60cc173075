import { type CanActivate, type ExecutionContext, Logger } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { AccessDenied } from './access-denied.js';
import { ROUTE_ACCESS, type RouteAccess } from './permit.js';
import type { Role } from './roles.js';
import type { TokenVerifier, VerifiedToken } from './token-verifier.js';
import { bearerOf } from './bearer.js';

/** Who calls: account, all roles of the token, and the one that opened this route, which is what events record. */
export interface RequestCaller {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly role: Role;
  /** Absent only for callers that no token vouches for, as in a test. */
  readonly token?: VerifiedToken;
}

interface GuardedRequest {
  /** `Aftercare-Role`: in which of several roles the caller acts; the first that the route permits when left out. */
  readonly headers: { readonly authorization?: string; readonly 'aftercare-role'?: string };
  caller?: RequestCaller;
}

/** Deny by default: a route that declares nothing is closed to everyone and raises an alarm in the log. */
export class AccessGuard implements CanActivate {
  private readonly alarm = new Logger(AccessGuard.name);

  constructor(private readonly reflector: Reflector, private readonly verifier: TokenVerifier) {}

  /** Sets `request.caller` on routes that need a role. @throws AccessDenied */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Messages between services carry no token: the bus itself asks for one.
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [context.getHandler(), context.getClass()]);
    if (access === 'public') return true;
    if (!access) {
      this.alarm.error(`Closed: ${context.getClass().name}.${context.getHandler().name} declares no permission`);
      throw new AccessDenied('no-permission-declared');
    }
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const known = await this.verifier.verify(bearerOf(request.headers.authorization));
    const wanted = request.headers['aftercare-role'];
    const role = access.find((permitted) => known.roles.includes(permitted) && (wanted === undefined || wanted === permitted));
    if (!role) throw new AccessDenied('role-not-permitted');
    request.caller = { id: known.id, roles: known.roles, role, token: known.token };
    return true;
  }
}
