import { routesWithoutPermission, declaredRoutes, Permit } from 'aftercare/access';
import { Controller, Get } from '@nestjs/common';
import { billing } from '../../services/billing/src/billing.module.js';
import { intake } from '../../services/intake/src/intake.module.js';
import { logistics } from '../../services/logistics/src/logistics.module.js';
import { quality } from '../../services/quality/src/quality.module.js';
import { registry } from '../../services/registry/src/registry.module.js';
import { surveys } from '../../services/surveys/src/surveys.module.js';

const DEPARTMENTS = [intake, quality, logistics, billing, surveys, registry];

@Controller('forgotten')
class Forgotten {
  @Get()
  open(): string {
    return 'nobody said who may see this';
  }

  @Get('closed') @Permit('auditor')
  closed(): string {
    return '';
  }
}

describe('routes', () => {
  it.each(DEPARTMENTS.map((department) => [department.name, department] as const))('of %s all say who may call them', (_, department) => {
    expect(routesWithoutPermission(department.controllers).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('no role of one department may give a command in another', () => {
    const strangers = DEPARTMENTS.flatMap(({ name, controllers }) => declaredRoutes(controllers)
      .filter(({ method }) => method === 'POST')
      .flatMap(({ path, access }) => (access === 'public' || access === null ? [] : access)
        .filter((role) => role.includes('.') && !role.startsWith(`${name}.`)).map((role) => `${name} ${path}: ${role}`)));
    expect(strangers).toEqual([]);
  });

  it('a route without a declared permission is found', () => {
    expect(routesWithoutPermission([Forgotten]).map(({ path }) => path)).toEqual(['/forgotten']);
  });
});
