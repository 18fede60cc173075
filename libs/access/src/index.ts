export { AccessDenied, type DenialCode } from './access-denied.js';
export { AccessGuard, type RequestCaller } from './access.guard.js';
export { bearerOf } from './bearer.js';
export { declaredRoutes, type DeclaredRoute, routesWithoutPermission } from './declared-routes.js';
export { Permit, Public, type RouteAccess } from './permit.js';
export { isRole, type Role, ROLE_NAMES, ROLES } from './roles.js';
export { ensureIssuer, issueToken, type IssuerFiles, type TokenRequest } from './token-issuer.js';
export { type TokenVerifier, tokenVerifier, type VerifiedIdentity, type VerifiedToken } from './token-verifier.js';
