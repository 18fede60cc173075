import { SetMetadata } from '@nestjs/common';
import type { Role } from './roles.js';

/** Key of the route metadata; one key for both decorators, so that the one nearest to the handler always wins. */
export const ROUTE_ACCESS = 'aftercare:route-access';

/** Who may call a route: anyone, or a caller who holds at least one of these roles. */
export type RouteAccess = 'public' | readonly [Role, ...Role[]];

/** The roles that may call this route, or every route of this controller. */
export const Permit = (...roles: readonly [Role, ...Role[]]): MethodDecorator & ClassDecorator =>
  SetMetadata(ROUTE_ACCESS, roles);

/** No token needed. Only for health and API documents: everything else shows or changes a case. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ROUTE_ACCESS, 'public');
