import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { GradeCustomer, RegisterCustomer, UpdateCustomerFile } from 'aftercare/contracts';
import { customerId } from 'aftercare/kernel';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { customer } from './customer.decide.js';
import { customerView } from './customer.view.js';

@Controller('customers')
export class CustomerController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Customer file 客户档案', 'registry.clerk', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, customerView, query);
  }

  @ShowRoute('One customer', 'registry.clerk', 'manager', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(customer, id);
  }

  @CreateRoute('Register a customer 建档', 'registry.clerk')
  register(@Body() body: RegisterCustomer, @Caller() call: CommandCall) {
    return this.desk.open(customer, customerId(body.code), { type: 'RegisterCustomer', ...body }, call);
  }

  @CommandRoute('file', 'Update the customer file 更新档案', 'registry.clerk')
  update(@Param('id') id: string, @Body() body: UpdateCustomerFile, @Caller() call: CommandCall) {
    return this.desk.send(customer, id, { type: 'UpdateCustomerFile', ...body }, call);
  }

  @CommandRoute('grade', 'Grade A, B or C 客户分级', 'registry.clerk')
  grade(@Param('id') id: string, @Body() body: GradeCustomer, @Caller() call: CommandCall) {
    return this.desk.send(customer, id, { type: 'GradeCustomer', ...body }, call);
  }
}
