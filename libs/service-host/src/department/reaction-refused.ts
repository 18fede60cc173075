import type { Refusal } from 'aftercare/kernel';

/** The decider said no to a reaction: trying again changes nothing, a person has to look at it in the quarantine. */
export class ReactionRefused extends Error {
  override readonly name = 'ReactionRefused';

  constructor(readonly refusal: Refusal) {
    super(`${refusal.refused}: ${refusal.message.en}`);
  }
}
