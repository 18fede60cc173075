import type { RecordValue } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P002B-28: counted once more at the desk; finance figures rest on this number. */
export function theValueCoversWhatWasStockedIn(command: RecordValue, stockedIn: number): Refusal | null {
  if (command.quantity === stockedIn) return null;
  return refuse('quantity-differs', {
    zh: `入库数量为 ${stockedIn} 件。`, en: `${stockedIn} pieces were stocked in.`,
  }, { rule: 'P002B-28', field: 'quantity' });
}
