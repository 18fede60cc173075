import { productEvents, type ProductEvent } from 'aftercare/contracts';
import { wrongStage, type Decision } from 'aftercare/kernel';
import { timedAggregate } from 'aftercare/policy';
import { evolve, noProduct, type ProductCommand, type ProductState } from './product.js';

export function decide(command: ProductCommand, state: ProductState): Decision<ProductEvent> {
  if (state.stage === 'registered') return wrongStage(command.type, 'registered');
  const { productCode, name, model, kind, manufacturer } = command;
  return [{ type: 'ProductRegistered', data: { productCode, name, model: model ?? null, kind, manufacturer: manufacturer ?? null } }];
}

/** `product` is part of every stream name. */
export const product = timedAggregate({
  name: 'product', initial: noProduct, decide, evolve, clocks: [], formats: productEvents, stage: (state) => state.stage,
});
