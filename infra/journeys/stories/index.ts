import { aDamagedReturnIsRefusedInWriting } from './a-damaged-return-is-refused-in-writing.js';
import { aDefectivePumpComesBackAndIsCompensated } from './a-defective-pump-comes-back-and-is-compensated.js';
import { aDissatisfiedCustomerReopensTwice } from './a-dissatisfied-customer-reopens-twice.js';
import { anAdverseReactionGetsATechnicalReply } from './an-adverse-reaction-gets-a-technical-reply.js';
import { anInquiryIsAnsweredAfterReview } from './an-inquiry-is-answered-after-review.js';
import { anUnreachableCustomerEndsTheLoop } from './an-unreachable-customer-ends-the-loop.js';
import { aRejectedApprovalIsAskedAgain } from './a-rejected-approval-is-asked-again.js';
import { aSmallMatterIsSolvedOnTheSpot } from './a-small-matter-is-solved-on-the-spot.js';
import { aSoundLotGoesBackOnSale } from './a-sound-lot-goes-back-on-sale.js';
import type { Story } from './story.js';

export type { Ending, Story } from './story.js';
export { aDefectivePumpComesBackAndIsCompensated } from './a-defective-pump-comes-back-and-is-compensated.js';

/** Every way a case can go that the product promises today. */
export const STORIES: readonly Story[] = [
  aDefectivePumpComesBackAndIsCompensated, aSoundLotGoesBackOnSale, aDamagedReturnIsRefusedInWriting, aRejectedApprovalIsAskedAgain,
  anUnreachableCustomerEndsTheLoop, aDissatisfiedCustomerReopensTwice, anAdverseReactionGetsATechnicalReply, aSmallMatterIsSolvedOnTheSpot,
  anInquiryIsAnsweredAfterReview,
];
