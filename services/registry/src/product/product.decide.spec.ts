import type { ProductEvent } from 'aftercare/contracts';
import { everyPair, given } from 'aftercare/testing';
import type { ProductCommand } from './product.js';
import { product } from './product.decide.js';

const register: ProductCommand = { type: 'RegisterProduct', productCode: 'DV-100', name: '输液泵', kind: 'device' };
const registered: ProductEvent = {
  type: 'ProductRegistered', data: { productCode: 'DV-100', name: '输液泵', model: null, kind: 'device', manufacturer: null },
};

describe('a product', () => {
  it('is registered with null for what is not known of it', () => {
    expect(given(product).when(register).events).toEqual([registered]);
  });
  it('answers every stage x command pair', () => {
    expect(everyPair(product, { new: [], registered: [registered] }, [register])).toEqual({
      new: { RegisterProduct: 'ProductRegistered' }, registered: { RegisterProduct: 'wrong-stage' },
    });
  });
});
