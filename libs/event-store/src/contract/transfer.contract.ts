import type { Current, Engine, It } from './place.js';

/** Moving a whole log between engines. */
export function transferContract(_it: It, _current: Current, engine: Engine): void {
  if (engine.cannot?.transfer) return;
}
