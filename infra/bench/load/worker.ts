/** Process of its own for everything that sends or watches, so that it shares no event loop with what is measured. */
import { fireInClosedLoop, type LoadOrder } from './closed-loop.js';
import { watchVisibility, type VisibilityOrder } from './visibility.js';

export type WorkOrder = { readonly kind: 'load'; readonly order: LoadOrder } | { readonly kind: 'visibility'; readonly order: VisibilityOrder };

process.on('message', (work: WorkOrder) => {
  const result: Promise<unknown> = work.kind === 'load' ? fireInClosedLoop(work.order) : watchVisibility(work.order);
  result.then(
    (done) => process.send?.({ done }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
