import { adoptingPolicyBook } from 'aftercare/policy';
import { defineDepartment } from 'aftercare/service-host';
import { CustomerController } from './customer/customer.controller.js';
import { customer } from './customer/customer.decide.js';
import { customerView } from './customer/customer.view.js';
import { LotController } from './lot/lot.controller.js';
import { lot } from './lot/lot.decide.js';
import { lotView } from './lot/lot.view.js';
import { PolicyAdoptionController } from './policy-adoption/policy-adoption.controller.js';
import { policyAdoptionView } from './policy-adoption/policy-adoption.view.js';
import { ProductController } from './product/product.controller.js';
import { product } from './product/product.decide.js';
import { productView } from './product/product.view.js';
import { WhenResumeSaleOrderedLiftTheBlock } from './reactions/when-resume-sale-ordered-lift-the-block.js';
import { WhenStopSaleOrderedBlockSales } from './reactions/when-stop-sale-ordered-block-sales.js';

/** 档案 */
export const registry = defineDepartment({
  name: 'registry', module: import.meta.url,
  aggregates: [customer, product, lot, adoptingPolicyBook],
  views: [customerView, productView, lotView, policyAdoptionView],
  controllers: [CustomerController, ProductController, LotController, PolicyAdoptionController],
  reactions: [WhenStopSaleOrderedBlockSales, WhenResumeSaleOrderedLiftTheBlock],
});
