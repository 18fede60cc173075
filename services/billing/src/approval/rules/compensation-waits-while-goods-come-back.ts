import type { Remedy } from 'aftercare/contracts';

const BRINGS_GOODS_BACK: readonly Remedy[] = ['return', 'exchange', 'mail-back-exchange'];

/** Our reading of P000-32 with P002B-25: where goods come back, money follows their stock-in and not the plan. */
export function compensationWaitsWhileGoodsComeBack(remedies: readonly Remedy[]): boolean {
  return remedies.some((remedy) => BRINGS_GOODS_BACK.includes(remedy));
}
