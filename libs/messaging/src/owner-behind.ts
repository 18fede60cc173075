import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import { setBackName } from './names.js';
import type { Persistence } from './persistence.js';
import { isRaised, raise } from './set-back.js';
import { instantOf } from './time.js';

/**
 * What is remembered of a neighbour whose log was seen to end before what was dealt with. Its length shows it only until
 * the log has outgrown its old end; the events it recorded meanwhile were taken for known ones, and stay undone.
 */
export class OwnerBehind {
  isRaised = false;
  private readonly logger = new Logger('Inbox');

  constructor(private readonly source: string, private readonly store: EventStore, private readonly persistence: Persistence) {}

  /** Whether the fact is still kept; a signed drop ends it. */
  async look(): Promise<void> {
    await this.kept('read', async () => { this.isRaised = await isRaised(this.store, setBackName(this.source)); });
  }

  /** @param head length of the owner's log; @param dealtWith number of its events that were dealt with here */
  async raise(head: number, dealtWith: number): Promise<void> {
    const { source, store } = this;
    const reason = `the log of ${source} holds ${head} events but ${dealtWith} were dealt with: it was set back, and what it records from ${head} to ${dealtWith - 1} is taken for known`;
    await this.kept('keep', async () => {
      this.isRaised = await raise(store, { source: setBackName(source), index: head, reason, fact: { dealtWith, source } }, instantOf(this.persistence.time));
    });
  }

  private async kept(what: string, work: () => Promise<void>): Promise<void> {
    // Whatever fails here is looked at again; catching up must go on.
    await this.persistence.withStore(work).catch((error: Error) => this.logger.error(`cannot ${what} the state of ${this.source}: ${error.name}`));
  }
}
