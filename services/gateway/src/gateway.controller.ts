import { All, Controller, Get, Header, Inject, Param, Req, Res } from '@nestjs/common';
import { Permit, Public, ROLE_NAMES } from 'aftercare/access';
import { escape, HttpProblem, page } from 'aftercare/service-host';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { forward } from './forward.js';
import { SERVICES, type Services } from './services.js';

const PATIENCE_MS = 30_000;
const ANYONE_SIGNED_IN = ROLE_NAMES as unknown as Parameters<typeof Permit>;

/** The door of the house: one address for all departments. Which role may do what is the department's decision. */
@Controller()
export class GatewayController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  index(): string {
    const links = [...this.services.keys()].map((name) => `<li><a href="${escape(name)}/docs">${escape(name)}</a> · <a href="${escape(name)}/health/ready">health</a></li>`);
    return page('Aftercare 售后', `<ul>${links.join('')}</ul>`);
  }

  @Get(':department/docs')
  @Public()
  docs(@Param('department') department: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.pass(department, request, reply);
  }

  @Get(':department/openapi.json')
  @Public()
  openApi(@Param('department') department: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.pass(department, request, reply);
  }

  @Get([':department/health/live', ':department/health/ready'])
  @Public()
  health(@Param('department') department: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.pass(department, request, reply);
  }

  @All(':department/*')
  @Permit(...ANYONE_SIGNED_IN)
  any(@Param('department') department: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.pass(department, request, reply);
  }

  private pass(department: string, request: FastifyRequest, reply: FastifyReply): void {
    const origin = this.services.get(department);
    // The router decodes the name and the rest is cut from the raw address: a name in other letters would be cut in the wrong place.
    const isPlain = ['/', '?', ''].includes(request.url.slice(department.length + 1).charAt(0)) && request.url.startsWith(`/${department}`);
    if (!origin || !isPlain) throw new HttpProblem({ status: 404, code: 'no-such-department', detail: { zh: '没有这个部门。', en: 'There is no such department.' } });
    forward(request, reply, { department, origin, patienceMs: PATIENCE_MS });
  }
}
