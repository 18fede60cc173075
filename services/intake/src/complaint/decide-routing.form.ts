import { ROLE_NAMES } from 'aftercare/access';
import { DecideRouting } from 'aftercare/contracts';
import { IsIn } from 'class-validator';

/**
 * The decider is pure and knows no list of roles, so the form holds the word to it: a case routed to a role that nobody
 * can hold would reach nobody, and the decision is given once.
 */
export class DecideRoutingForm extends DecideRouting {}

// A second declaration of the member would overwrite the first; the check alone is added to it.
IsIn(ROLE_NAMES)(DecideRoutingForm.prototype, 'to');
