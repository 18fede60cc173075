import { customerId, lotId } from 'aftercare/kernel';
import type { Desk } from './desk.js';

export const CLINIC = customerId('C-CLINIC');
export const PHARMACY = customerId('C-PHARMACY');
export const DEALER = customerId('C-DEALER');

export const PUMP = { productCode: 'DV-100', productName: '输液泵 Infusion pump', model: 'A2' } as const;
export const TABLET = { productCode: 'DR-200', productName: '降压片 Antihypertensive tablets' } as const;

/** A lot of its own for every story, so that stories can run side by side. */
export interface StoryLot {
  readonly productCode: string;
  readonly lot: string;
  readonly id: string;
}

/** The customers and products every story knows; once per instance. */
export async function openTheBooks(desk: Desk): Promise<void> {
  const customers = [
    { code: 'C-CLINIC', kind: 'medical-institution', name: '安康医院', phone: '010-60000001', region: '北京' },
    { code: 'C-PHARMACY', kind: 'retail-pharmacy', name: '仁和药房', phone: '021-60000002', region: '上海' },
    { code: 'C-DEALER', kind: 'drug-distributor', name: '华东医药商行', phone: '0571-60000003', region: '杭州' },
  ];
  for (const customer of customers) await desk.tell('registry.clerk', '/registry/customers', customer);
  await desk.tell('registry.clerk', '/registry/products', { productCode: PUMP.productCode, name: PUMP.productName, model: PUMP.model, kind: 'device' });
  await desk.tell('registry.clerk', '/registry/products', { productCode: TABLET.productCode, name: TABLET.productName, kind: 'drug' });
}

/** A lot sold to the clinic and to two others, so that a stop-sale has somebody to warn. */
export async function sellALot(desk: Desk, productCode: string, lot: string, expiresOn = '2036-06-30'): Promise<StoryLot> {
  const id = lotId(productCode, lot);
  await desk.tell('registry.clerk', '/registry/lots', { productCode, lot, manufacturedOn: '2026-01-05', expiresOn });
  for (const [customer, quantity] of [[CLINIC, 200], [PHARMACY, 80], [DEALER, 500]] as const) {
    await desk.tell('registry.clerk', `/registry/lots/${id}/sales`, { customerId: customer, quantity, soldOn: '2026-02-01', document: `SO-${lot}-${customer.slice(0, 4)}` });
  }
  return { productCode, lot, id };
}
