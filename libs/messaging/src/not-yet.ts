/**
 * What a command rests on has not come here, and will come by itself. It is waited for far longer than a failure is
 * tried again, and nothing is recorded before.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
