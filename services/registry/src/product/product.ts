import type { CommandOf, ProductCommands, ProductEvent } from 'aftercare/contracts';

export type ProductCommand = CommandOf<ProductCommands>;
export type ProductState = { readonly stage: 'new' } | { readonly stage: 'registered' };

export const noProduct: ProductState = { stage: 'new' };

export function evolve(_state: ProductState, _event: ProductEvent): ProductState {
  return { stage: 'registered' };
}
