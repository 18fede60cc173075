import { Body, Controller, Inject, Query, Res } from '@nestjs/common';
import { RegisterProduct } from 'aftercare/contracts';
import { productId } from 'aftercare/kernel';
import { Caller, CommandDesk, CreateRoute, ListRoute, Lists, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { product } from './product.decide.js';
import { productView } from './product.view.js';

@Controller('products')
export class ProductController {
  constructor(@Inject(CommandDesk) private readonly desk: CommandDesk, @Inject(Lists) private readonly lists: Lists) {}

  @ListRoute('Products 产品', 'registry.clerk', 'intake.clerk', 'intake.administrator', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, productView, query);
  }

  @CreateRoute('Register a product', 'registry.clerk')
  register(@Body() body: RegisterProduct, @Caller() call: CommandCall) {
    return this.desk.open(product, productId(body.productCode), { type: 'RegisterProduct', ...body }, call);
  }
}
