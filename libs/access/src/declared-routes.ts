import { type INestApplicationContext, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from './permit.js';

/** One REST route as its decorators declare it. `access` is null when nothing is declared, which closes the route. */
export interface DeclaredRoute {
  readonly controller: string;
  readonly type: Type;
  readonly handler: string;
  readonly method: string;
  readonly path: string;
  readonly access: RouteAccess | null;
}

/** Every REST route of an application, or of these controllers. Message handlers are not routes. */
export function declaredRoutes(source: INestApplicationContext | readonly Type[]): readonly DeclaredRoute[] {
  const controllers = 'get' in source ? controllersOf(source) : source;
  return controllers.flatMap((controller) => routesOf(controller));
}

/** The routes that somebody forgot to protect; a service's test expects none. */
export function routesWithoutPermission(source: INestApplicationContext | readonly Type[]): readonly DeclaredRoute[] {
  return declaredRoutes(source).filter(({ access }) => access === null);
}

function controllersOf(app: INestApplicationContext): readonly Type[] {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype as Type));
}

function routesOf(controller: Type): readonly DeclaredRoute[] {
  const prototype = controller.prototype as Readonly<Record<string, object>>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((handler) => {
    const target = prototype[handler] as object;
    const method = Reflect.getMetadata(METHOD_METADATA, target) as RequestMethod | undefined;
    if (method === undefined) return [];
    const declared = (Reflect.getMetadata(ROUTE_ACCESS, target) ?? Reflect.getMetadata(ROUTE_ACCESS, controller)) as RouteAccess | undefined;
    return pathsOf(controller).flatMap((prefix) => pathsOf(target).map((path) => ({
      controller: controller.name, type: controller, handler, method: RequestMethod[method], path: joined(prefix, path), access: declared ?? null,
    })));
  });
}

function pathsOf(target: object): readonly string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return Array.isArray(path) ? path : [path ?? ''];
}

function joined(prefix: string, path: string): string {
  return `/${[prefix, path].join('/').split('/').filter(Boolean).join('/')}`;
}
