import { applyDecorators, Get, HttpCode, Post, SetMetadata } from '@nestjs/common';
import { Permit, type Role } from 'aftercare/access';

/** Key of the one-line description that the API document shows. */
export const ROUTE_SUMMARY = 'aftercare:route-summary';

type Roles = readonly [Role, ...Role[]];

const described = (summary: string, roles: Roles) => [Permit(...roles), SetMetadata(ROUTE_SUMMARY, summary)];

/** `POST /<things>`: a command on a new aggregate. */
export const CreateRoute = (summary: string, ...roles: Roles): MethodDecorator =>
  applyDecorators(Post(), HttpCode(201), ...described(summary, roles));

/** `POST /<things>/:id/<path>`: a command on an existing one. */
export const CommandRoute = (path: string, summary: string, ...roles: Roles): MethodDecorator =>
  applyDecorators(Post(`:id/${path}`), HttpCode(200), ...described(summary, roles));

/** `GET /<things>`: filter, sort, page, export. */
export const ListRoute = (summary: string, ...roles: Roles): MethodDecorator =>
  applyDecorators(Get(), ...described(summary, roles));

/** `GET /<things>/:id`: one aggregate as of its last event. */
export const ShowRoute = (summary: string, ...roles: Roles): MethodDecorator =>
  applyDecorators(Get(':id'), ...described(summary, roles));
