import type { InboxMark } from '../port.js';
import type { InboxState } from '../transfer.js';
import type { Statements } from './statements.js';

/** Position per source log, with the messages that were dealt with beyond a missing one kept aside. */
export class Inbox {
  constructor(private readonly sql: Statements) {}

  position(source: string): number {
    return this.sql.inboxNext.get(source) ?? 0;
  }

  seen(mark: InboxMark): boolean {
    return mark.index < this.position(mark.source) || this.sql.isAhead.get(mark.source, mark.index) !== undefined;
  }

  /** Must run inside the transaction of the effect it remembers. Marking twice changes nothing. */
  mark({ source, index }: InboxMark): void {
    const next = this.position(source);
    if (index < next) return;
    if (index > next) {
      this.sql.markAhead.run(source, index);
      return;
    }
    let after = index + 1;
    while (this.sql.forgetAhead.run(source, after).changes > 0) after += 1;
    this.sql.setInboxNext.run(source, after);
  }
}

export function inboxStates(sql: Statements): readonly InboxState[] {
  return sql.inboxSources.all().map((source) => ({ source, next: sql.inboxNext.get(source) ?? 0, ahead: sql.aheadOf.all(source) }));
}
